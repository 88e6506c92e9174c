import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import { AuthService } from './auth/auth.service.js';
import { ConfigFault, readConfig } from './config.js';
import { DemoService } from './demo/demo.service.js';
import { createServer } from './http.js';
import { say } from './logger.js';

/** The longest a shutdown may take: whatever waits then is cut off. */
const SHUTDOWN_MS = 15_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createServer(config);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT', 'SIGHUP']);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => setTimeout(() => process.exit(1), SHUTDOWN_MS).unref());

  await app.listen(config.port);
  say(`MuckWatch 渣土通 is at ${config.publicUrl}`);
  const password = await app.get(AuthService).ensureFirstAccount(config.adminPassword);
  if (password) say(`Sign in as admin with the password ${password} (made now, shown this once)`);
  const { port } = app.getHttpServer().address() as AddressInfo;
  await app.get(DemoService).start(port);
}

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
  const known = error instanceof ConfigFault || error.code === 'EADDRINUSE';
  process.stderr.write(`${known ? error.message : (error.stack ?? String(error))}\n`);
  process.exit(1);
});
