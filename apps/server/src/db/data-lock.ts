import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who holds a data directory. */
export interface Holder {
  token: string;
  pid: number;
  /** When that process began, in the kernel's words; null where the kernel does not tell (no /proc). A pid alone is used again: in a container it is always 1. */
  started: string | null;
  /** Host name and boot: pids of another place say nothing here. */
  place: string;
  /** Its directory with the socket, to be removed with it. */
  socketDirectory: string | null;
}

const FILE = 'database.lock';
const BEAT_MS = 5_000;
const SILENT_MS = 15_000;

/**
 * One process on one data directory: the engine itself lets a second one in, and both would write.
 * The lock is a file that says who holds it. Whoever was killed left it there; it is taken over once its process is gone, or, where that
 * cannot be seen (another container on the same volume), once it has been silent for 15 s.
 */
export class DataLock {
  #beat: NodeJS.Timeout | undefined;

  private constructor(
    private readonly path: string,
    private readonly holder: Holder,
  ) {}

  /** Takes the lock or throws a sentence that names the holder. May wait up to 15 s for a silent one. */
  static async take(directory: string, socketDirectory: string | null = null): Promise<DataLock> {
    await mkdir(directory, { recursive: true });
    const lock = new DataLock(join(directory, FILE), { token: randomUUID(), ...ourselves(), socketDirectory });
    while (!lock.#create()) await lock.#takeOver(directory);
    lock.#beat = setInterval(() => lock.#touch(), BEAT_MS).unref();
    return lock;
  }

  release(): void {
    clearInterval(this.#beat);
    if (read(this.path)?.token === this.holder.token) rmSync(this.path, { force: true });
  }

  #create(): boolean {
    try {
      writeFileSync(this.path, JSON.stringify(this.holder), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Removes the file of a holder that is gone; throws when it is there. */
  async #takeOver(directory: string): Promise<void> {
    const holder = read(this.path);
    const refused = `The data directory ${directory} is in use by process ${holder?.pid ?? '?'} (${holder?.place ?? 'unknown'}). Stop it first, or set DATA_DIR to another directory.`;
    if (holder && standsOf(holder) === 'alive') throw new Error(refused);
    if (!holder || standsOf(holder) === 'unknown') await untilSilent(this.path, refused);

    // Of two that find the same dead holder, one moves the file away and the other finds nothing to move.
    const moved = `${this.path}.${this.holder.token}`;
    try {
      renameSync(this.path, moved);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    const taken = read(moved);
    rmSync(moved, { force: true });
    if (taken && taken.token !== holder?.token) throw new Error(refused);
    if (taken?.socketDirectory) rmSync(taken.socketDirectory, { recursive: true, force: true });
  }

  #touch(): void {
    const now = new Date();
    try {
      utimesSync(this.path, now, now);
    } catch {
      // removed by hand: nothing to keep fresh
    }
  }
}

/** What can be known of a holder from here. */
export function standsOf(holder: Holder): 'alive' | 'gone' | 'unknown' {
  if (holder.place !== placeOf()) return 'unknown';
  if (!processExists(holder.pid)) return 'gone';
  const started = startOf(holder.pid);
  if (started === null || holder.started === null) return 'unknown';
  return started === holder.started ? 'alive' : 'gone';
}

export function ourselves(): Pick<Holder, 'pid' | 'started' | 'place'> {
  return { pid: process.pid, started: startOf(process.pid), place: placeOf() };
}

async function untilSilent(path: string, refused: string): Promise<void> {
  const seen = beatOf(path);
  while (Date.now() - beatOf(path) < SILENT_MS) {
    if (beatOf(path) !== seen) throw new Error(refused);
    await sleep(500);
  }
}

/** When the holder last touched the file; 0 when the file is gone. */
function beatOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function read(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat: ticks between boot and the start of the process. The second field, the name, may hold blanks and brackets. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function placeOf(): string {
  try {
    return `${hostname()} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return hostname();
  }
}
