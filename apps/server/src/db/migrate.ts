import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { Database } from './database.js';
import { splitStatements } from './split-sql.js';

/** One file of the migrations folder. */
export interface Migration {
  number: number;
  name: string;
  sql: string;
  /** Of the text with \n at line ends, so that a checkout on Windows changes nothing. */
  checksum: string;
  /** False when the first line is `-- no transaction`: some statements (a first refresh of an aggregate) refuse to run in one. */
  inTransaction: boolean;
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

const NAME = /^(\d{3})-[a-z0-9-]+\.sql$/;
const NO_TRANSACTION = '-- no transaction';
/** Any number that only we use: two processes that start together migrate one after the other. */
const ADVISORY_LOCK = 7_205_117;

/** Applies what is new, in order; answers the names. A file without transaction that failed midway is run again from its start: write it so that this does no harm. */
export async function migrate(database: Database, folder = migrationsFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return database.patiently(async (client) => {
    // The embedded engine has one session for all, so a session lock holds nobody off; its data directory is locked instead.
    if (database.kind === 'server') await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(
      'create table if not exists schema_migrations (number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<Applied>('select number, name, checksum from schema_migrations order by number');
    const pending = pendingMigrations(migrations, rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  });
}

/** Beside this file in the source, and where the source is beside dist/; a build without sources carries a copy beside this file. */
export function migrationsFolder(): string {
  const beside = fileURLToPath(new URL('./migrations/', import.meta.url));
  const fromDist = fileURLToPath(new URL('../../../../../apps/server/src/db/migrations/', import.meta.url));
  return import.meta.url.includes('/dist/') && existsSync(fromDist) ? fromDist : beside;
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(names.map(async (name) => readMigration(name, await readFile(join(folder, name), 'utf8'))));
  for (const [i, { number, name }] of migrations.entries()) {
    const before = migrations[i - 1];
    if (before?.number === number) throw new Error(`Migrations ${before.name} and ${name} have the same number.`);
  }
  return migrations;
}

export function readMigration(name: string, content: string): Migration {
  const number = NAME.exec(name)?.[1];
  if (number === undefined) throw new Error(`Migration ${name} is not named NNN-some-words.sql.`);
  const sql = content.replaceAll('\r\n', '\n');
  const firstLine = sql.slice(0, sql.indexOf('\n')).trim();
  return {
    number: Number(number),
    name,
    sql,
    checksum: createHash('sha256').update(sql).digest('hex'),
    inTransaction: firstLine !== NO_TRANSACTION,
  };
}

/** What is still to be applied; throws when what was applied is not what the files say. */
export function pendingMigrations(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const { number, name, checksum } of applied) {
    const file = migrations.find((migration) => migration.number === number);
    if (!file) throw new Error(`The database has had migration ${name}, which this program does not have: it is older than its database.`);
    if (file.checksum !== checksum)
      throw new Error(`Migration ${file.name} was changed after the database had it. Put the file back and write a new migration.`);
  }
  return migrations.filter(({ number }) => !applied.some((done) => done.number === number));
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    if (migration.inTransaction) {
      await client.query('begin');
      await client.query(migration.sql);
      await record(client, migration);
      await client.query('commit');
      return;
    }
    for (const statement of splitStatements(migration.sql)) await client.query(statement);
    await record(client, migration);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`Migration ${migration.name} failed${migration.inTransaction ? lineOf(error, migration.sql) : ''}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The server tells where a statement is wrong by counting characters; files are read by line. */
function lineOf(error: unknown, sql: string): string {
  const { position } = error as { position?: string };
  return position === undefined ? '' : ` at line ${sql.slice(0, Number(position)).split('\n').length}`;
}

async function record(client: pg.PoolClient, { number, name, checksum }: Migration): Promise<void> {
  await client.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [number, name, checksum]);
}
