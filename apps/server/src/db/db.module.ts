import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Database, openDatabase, type DatabaseSettings } from './database.js';
import { migrate } from './migrate.js';

/** Gives everybody the one Database: opened and migrated before anything that needs it is made, closed last. */
@Global()
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forRoot(settings: DatabaseSettings): DynamicModule {
    return {
      module: DbModule,
      providers: [{ provide: Database, useFactory: () => openAndMigrate(settings) }],
      exports: [Database],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}

async function openAndMigrate(settings: DatabaseSettings): Promise<Database> {
  const database = await openDatabase(settings);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
