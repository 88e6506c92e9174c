import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataLock, ourselves, standsOf, type Holder } from './data-lock.js';

describe('DataLock', () => {
  let directory: string;
  let file: string;
  const holder = (changes: Partial<Holder>): Holder => ({ token: 'of another', ...ourselves(), socketDirectory: null, ...changes });
  const left = (changes: Partial<Holder>, silentMs = 0) => {
    writeFileSync(file, JSON.stringify(holder(changes)));
    const at = new Date(Date.now() - silentMs);
    utimesSync(file, at, at);
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'muck-lock-'));
    file = join(directory, 'database.lock');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is refused while another holds it, and given after its release', async () => {
    const lock = await DataLock.take(directory);
    await expect(DataLock.take(directory)).rejects.toThrow(`in use by process ${process.pid}`);
    lock.release();
    (await DataLock.take(directory)).release();
  });

  it('is taken over when its process is gone', async () => {
    left({ pid: 2 ** 22 + 1 }); // beyond the greatest pid
    (await DataLock.take(directory)).release();
  });

  it('is taken over when its pid was given to another process, as pid 1 of a container is at every start', async () => {
    left({ started: '1' });
    (await DataLock.take(directory)).release();
  });

  it('is taken over from another place once that has been silent', async () => {
    left({ place: 'another-container' }, 16_000);
    (await DataLock.take(directory)).release();
  });

  it('is not taken over from another place that gives signs of life', async () => {
    left({ place: 'another-container' });
    const beat = setInterval(() => utimesSync(file, new Date(), new Date()), 100);
    await expect(DataLock.take(directory)).rejects.toThrow('another-container');
    clearInterval(beat);
  });

  it('removes the sockets of a killed holder', async () => {
    const sockets = mkdtempSync(join(tmpdir(), 'muck-'));
    left({ pid: 2 ** 22 + 1, socketDirectory: sockets });
    (await DataLock.take(directory)).release();
    expect(() => readFileSync(sockets)).toThrow('ENOENT');
  });

  it('does not remove the file of whoever took it over', async () => {
    const lock = await DataLock.take(directory);
    left({});
    lock.release();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ token: 'of another' });
  });

  it('takes a process that it cannot place neither for alive nor for gone', () => {
    expect(standsOf(holder({}))).toBe('alive');
    expect(standsOf(holder({ place: 'another-container' }))).toBe('unknown');
    expect(standsOf(holder({ started: null }))).toBe('unknown');
  });
});
