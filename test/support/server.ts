import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthService } from '../../apps/server/src/auth/auth.service.js';
import { readConfig } from '../../apps/server/src/config.js';
import { Database } from '../../apps/server/src/db/database.js';
import { createServer } from '../../apps/server/src/http.js';
import { openTestDatabase } from './database.js';

export const ADMIN_PASSWORD = 'correct horse battery';

export interface TestServer {
  url: string;
  /** Bearer token of a session of `admin`. */
  adminToken: string;
  app: NestExpressApplication;
  database: Database;
  /** Its DATA_DIR. */
  dataDir: string;
  /** Stops the server and starts another one on the same data, port and settings. */
  restart(): Promise<TestServer>;
  /** Stops it and removes every trace. */
  close(): Promise<void>;
}

/**
 * The whole server on free ports with a database of its own, embedded or on the server of DATABASE_URL.
 * `overrides` are settings by their names in wire.md, as text: `{ MQTT_URL: 'mqtt://127.0.0.1:1884' }`.
 */
export async function startTestServer(overrides: Record<string, string> = {}): Promise<TestServer> {
  const prepared = await openTestDatabase();
  await prepared.database.close();
  const { databaseUrl, dataDir } = prepared.settings;
  const ownDataDir = databaseUrl ? await mkdtemp(join(tmpdir(), 'muck-data-')) : dataDir;
  const env = { PORT: '0', MQTT_PORT: '0', DEMO: 'off', LOG_LEVEL: 'silent', ADMIN_PASSWORD, DATA_DIR: ownDataDir, ...overrides };
  const remove = async () => {
    await prepared.close();
    await rm(ownDataDir, { recursive: true, force: true });
  };
  try {
    return await start({ ...env, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) }, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function start(env: Record<string, string>, remove: () => Promise<void>): Promise<TestServer> {
  const config = readConfig(env);
  const app = await createServer(config);
  await app.listen(config.port, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const auth = app.get(AuthService);
  await auth.ensureFirstAccount(config.adminPassword);
  return {
    url: `http://127.0.0.1:${port}`,
    adminToken: await auth.login('admin', env.ADMIN_PASSWORD ?? ADMIN_PASSWORD, '127.0.0.1', null),
    app,
    database: app.get(Database),
    dataDir: config.dataDir,
    restart: async () => {
      await app.close();
      return start({ ...env, PORT: String(port) }, remove);
    },
    close: async () => {
      await app.close();
      await remove();
    },
  };
}
