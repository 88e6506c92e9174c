import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import { AuthService } from './auth/auth.service.js';
import { ConfigFault, readConfig } from './config.js';
import { DemoService } from './demo/demo.service.js';
import { createServer } from './http.js';
import { Intake } from './intake/intake.service.js';
import { say } from './logger.js';
import { EmbeddedBroker } from './mqtt/embedded-broker.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** The longest a shutdown may take: whatever waits then is cut off. */
const SHUTDOWN_MS = 15_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createServer(config);
  app.enableShutdownHooks(SIGNALS);
  for (const signal of SIGNALS) process.once(signal, () => setTimeout(() => process.exit(1), SHUTDOWN_MS).unref());

  await app.listen(config.port);
  say(`MuckWatch 渣土通 is at ${config.publicUrl}`);
  const password = await app.get(AuthService).ensureFirstAccount(config.adminPassword);
  if (password) say(`Sign in as admin with the password ${password} (made now, shown this once)`);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const { link } = app.get(Intake);
  await app.get(DemoService).start(port, link instanceof EmbeddedBroker ? link.port : config.mqttPort);
}

main().catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(`${saysEnough(error) ? error.message : (error.stack ?? String(error))}\n`);
  process.exit(1);
});

/** What a person at the terminal can mend needs no stack. */
function saysEnough(error: NodeJS.ErrnoException): boolean {
  return error instanceof ConfigFault || error.constructor === Error || error.code === 'EADDRINUSE' || error.code === 'EACCES';
}
