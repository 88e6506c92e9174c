import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.js';
import { Config } from './config.js';
import { DbModule } from './db/db.module.js';
import { DemoModule } from './demo/demo.module.js';
import { FleetModule } from './fleet/fleet.module.js';

@Global()
@Module({})
class ConfigModule {
  static with(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] };
  }
}

/** One folder a subject; each module is its folder's public face. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DbModule.forRoot({ databaseUrl: config.databaseUrl, dataDir: config.dataDir }),
        AuthModule,
        FleetModule,
        // IntakeModule (it starts the MQTT link), AlertsModule, LiveModule, HistoryModule, JudgingModule, HealthModule
        DemoModule,
      ],
    };
  }
}
