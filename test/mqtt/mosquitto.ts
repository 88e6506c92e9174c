import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../support/free-port.js';

/** Where Debian puts it is not on everyone's PATH. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];
export const MOSQUITTO: string | null = FOLDERS.map((folder) => join(folder, 'mosquitto')).find((path) => existsSync(path)) ?? null;

/** A real Mosquitto of our own on a free port, with its store, so that it can be stopped and started. */
export class Mosquitto {
  readonly #folder = mkdtempSync(join(tmpdir(), 'muckwatch-mosquitto-'));
  /** For `files`: `passwords` and `acl` in here. */
  readonly files = join(this.#folder, 'files');
  readonly #config = join(this.#folder, 'mosquitto.conf');
  #process: ChildProcess | null = null;
  port = 0;

  /** With `files` somebody else writes the password and ACL files. With `acl` sign-in is required: `us`/`secret` may do what the lines of the ACL file say, everybody else of `accounts` everything. */
  async prepare(options: { accounts?: Record<string, string>; acl?: string; inflight?: number; files?: true } = {}): Promise<void> {
    this.port = await freePort();
    const lines = [
      // Before the listener, as `stack.md` says: after it they are another listener's.
      `max_inflight_messages ${options.inflight ?? 1_000}`,
      'max_queued_messages 200000',
      'persistence true',
      `persistence_location ${this.#folder}/`,
      'autosave_interval 5',
      `listener ${this.port} 127.0.0.1`,
      `allow_anonymous ${options.accounts || options.files ? 'false' : 'true'}`,
      `pid_file ${this.pidFile}`,
    ];
    // As root it would become the user `mosquitto`, which may not write here.
    if (process.getuid?.() === 0) lines.unshift('user root');
    if (options.files) lines.push(`password_file ${this.files}/passwords`, `acl_file ${this.files}/acl`);
    if (options.accounts) {
      const file = join(this.#folder, 'passwords');
      writeFileSync(
        file,
        Object.entries(options.accounts)
          .map(([name, secret]) => `${name}:${secret}\n`)
          .join(''),
        { mode: 0o600 },
      );
      const hashed = spawnSync('mosquitto_passwd', ['-U', file]);
      if (hashed.status !== 0) throw new Error(`mosquitto_passwd: ${String(hashed.stderr)}`);
      lines.push(`password_file ${file}`);
    }
    if (options.acl) {
      const file = join(this.#folder, 'acl');
      writeFileSync(file, options.acl, { mode: 0o600 });
      lines.push(`acl_file ${file}`);
    }
    writeFileSync(this.#config, lines.join('\n') + '\n');
  }

  async start(): Promise<void> {
    this.#process = spawn(MOSQUITTO!, ['-c', this.#config], { stdio: 'ignore' });
    const deadline = Date.now() + 5_000;
    while (!(await answers(this.port))) {
      if (Date.now() > deadline || this.#process.exitCode !== null) throw new Error(`Mosquitto did not start with ${this.#config}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** SIGTERM: it saves its store. SIGKILL: it does not. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const process = this.#process;
    this.#process = null;
    if (!process || process.exitCode !== null) return;
    const exited = once(process, 'exit');
    process.kill(signal);
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get pidFile(): string {
    return join(this.#folder, 'pid');
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }
}

/** A way to a broker that can be cut. */
export class Cable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Ever made. */
  connections = 0;

  constructor(to: number) {
    this.#server = createServer((near) => {
      this.connections++;
      const far = connect(to, '127.0.0.1');
      for (const socket of [near, far]) this.#sockets.add(socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket)));
      near.pipe(far).pipe(near);
    });
  }

  async lay(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `mqtt://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async remove(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
