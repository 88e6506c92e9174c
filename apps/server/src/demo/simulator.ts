import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Its status lines begin with the time; after the first minute they tell nothing new. */
const STATUS = /^\d{4}-\d\d-\d\d /;
const STATUS_SHOWN_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A child that ran so long begins with the shortest pause again. */
const HEALTHY_MS = 5 * 60_000;
const STOP_MS = 3_000;

interface Doors {
  next: () => Promise<{ args: string[]; env: Record<string, string> }>;
  say: (line: string) => void;
  warn: (line: string) => void;
}

/** The simulator as a child process: started again when it dies, gone when we are (it watches its stdin, which our end closes, however we end). */
export class Simulator {
  #child: ChildProcessByStdio<Writable, Readable, Readable> | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #pause: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(
    private readonly program: string,
    private readonly doors: Doors,
  ) {}

  start(): void {
    this.#run().catch((error: Error) => {
      this.doors.warn(`The simulator could not be started: ${error.message}`);
      this.#again();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#pause ?? undefined);
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    child.kill('SIGTERM');
    const cut = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(cut);
  }

  async #run(): Promise<void> {
    const { args, env } = await this.doors.next();
    if (this.#stopped) return;
    const began = Date.now();
    // Of our own environment it gets nothing: there are passwords in it.
    const child = spawn(process.execPath, ['--enable-source-maps', this.program, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.#child = child;
    child.stdin.on('error', () => undefined); // it may be gone when we close it
    createInterface(child.stdout).on('line', (line) => {
      if (!STATUS.test(line) || Date.now() - began < STATUS_SHOWN_MS) this.doors.say(line);
    });
    createInterface(child.stderr).on('line', (line) => this.doors.say(line));
    child.once('error', (error) => this.doors.warn(`The simulator could not be started: ${error.message}`));
    child.once('close', (code, signal) => {
      this.#child = null;
      if (this.#stopped) return;
      if (Date.now() - began > HEALTHY_MS) this.#pauseMs = FIRST_PAUSE_MS;
      this.doors.warn(`The simulator ended (${signal ?? `code ${code}`}); it starts again in ${this.#pauseMs / 1_000} s.`);
      this.#again();
    });
  }

  #again(): void {
    if (this.#stopped) return;
    this.#pause = setTimeout(() => this.start(), this.#pauseMs);
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
  }
}
