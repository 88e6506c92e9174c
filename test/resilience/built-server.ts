import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ADMIN_PASSWORD } from '../support/server.js';
import { untilIt } from './progress.js';
import { freePort } from '../support/free-port.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The built server as its own process, on one data directory and the same ports at every start. */
export class BuiltServer {
  #process: ChildProcess | null = null;
  #said = '';

  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
    private readonly mqttPort: number,
  ) {}

  static async on(dataDir: string): Promise<BuiltServer> {
    return new BuiltServer(dataDir, await freePort(), await freePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get mqttUrl(): string {
    return `mqtt://127.0.0.1:${this.mqttPort}`;
  }

  /** Returns when it is ready. `settings` are by their names in wire.md. */
  async start(settings: Record<string, string> = {}): Promise<void> {
    const env = { DATABASE_URL: '', MQTT_URL: '', DATA_DIR: this.dataDir, ADMIN_PASSWORD, DEMO: 'off', LOG_LEVEL: 'warn', ...settings };
    const server = spawn(process.execPath, ['dist/apps/server/src/main.js'], {
      cwd: ROOT,
      env: { ...process.env, ...env, PORT: String(this.port), MQTT_PORT: String(this.mqttPort) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = server;
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    await untilIt('the server is ready', async () => {
      if (server.exitCode !== null || server.signalCode !== null) throw new Error(`The server ended:\n${this.#said}`);
      return await fetch(`${this.url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
  }

  /** A token of `admin`; the account is made a moment after the server is ready. */
  async signIn(): Promise<string> {
    let token: string | undefined;
    await untilIt('admin can sign in', async () => {
      const response = await fetch(`${this.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
      });
      if (response.ok) token = ((await response.json()) as { token: string }).token;
      return response.ok;
    });
    return token!;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As a service manager stops it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }
}
