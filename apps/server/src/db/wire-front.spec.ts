import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WireFront, type Engine } from './wire-front.js';
import { cstring, message, messagesIn, ready, simpleQuery, text, typeOf } from './wire-messages.js';

/** Answers as PostgreSQL would, as far as the front looks; what it was asked stands in `asked`. */
class FakeEngine implements Engine {
  readonly asked: string[] = [];
  #status: 'I' | 'T' = 'I';

  execute(bytes: Buffer): Promise<Buffer> {
    const sql = typeOf(bytes) === 'Q' ? text(bytes, 5) : [...messagesIn(bytes)].map(typeOf).join('');
    this.asked.push(sql);
    if (sql === 'begin') this.#status = 'T';
    if (sql === 'commit' || sql === 'rollback') this.#status = 'I';
    const row = sql === 'big' ? message('D', Buffer.alloc(8 * 1024 * 1024)) : Buffer.alloc(0);
    return Promise.resolve(Buffer.concat([row, message('C', cstring(sql)), ready(this.#status)]));
  }

  copyIn(): Promise<Buffer> {
    throw new Error('Not asked here.');
  }
}

describe('WireFront', () => {
  const directory = mkdtempSync(join(tmpdir(), 'muck-'));
  const path = join(directory, 's');
  let engine: FakeEngine;
  let front: WireFront;
  const sockets: Socket[] = [];
  const broken: unknown[] = [];

  beforeEach(async () => {
    engine = new FakeEngine();
    front = new WireFront(engine, { parameters: { server_version: '17.5' }, idleTransactionMs: 200, onBroken: (error) => broken.push(error) });
    await front.listen(path);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await front.close();
    expect(broken).toEqual([]);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Signs in; `heard` are the texts of the answers to its queries. */
  async function client({ reads = true } = {}): Promise<{ socket: Socket; heard: string[] }> {
    const socket = createConnection(path);
    sockets.push(socket);
    const heard: string[] = [];
    let rest = Buffer.alloc(0);
    if (reads) {
      socket.on('data', (bytes) => {
        rest = Buffer.concat([rest, bytes]);
        for (const reply of messagesIn(rest)) {
          if (typeOf(reply) === 'C') heard.push(text(reply, 5));
          if (typeOf(reply) === 'E') heard.push(reply.toString('latin1', 5).split('\0')[2]!);
          rest = rest.subarray(reply.length);
        }
      });
    }
    socket.write(Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]));
    await sleep(20);
    return { socket, heard };
  }

  it('puts messages together that arrive in pieces', async () => {
    const a = await client();
    for (const byte of simpleQuery('select 1')) a.socket.write(Buffer.from([byte]));
    await sleep(50);
    expect(a.heard).toEqual(['select 1']);
  });

  it('takes what is sent up to Sync for one unit', async () => {
    const a = await client();
    a.socket.write(
      Buffer.concat([
        message('P', cstring(''), cstring('select 1'), Buffer.alloc(2)),
        message('B', Buffer.alloc(8)),
        message('E', Buffer.alloc(5)),
        message('S'),
      ]),
    );
    await sleep(50);
    expect(engine.asked).toEqual(['PBES']);
  });

  it('lets nobody between the statements of a transaction', async () => {
    const [a, b] = [await client(), await client()];
    a.socket.write(simpleQuery('begin'));
    await sleep(20);
    b.socket.write(simpleQuery('of b'));
    await sleep(20);
    const own = front.exclusively(() => Promise.resolve(engine.asked.push('our own')));
    a.socket.write(simpleQuery('of a'));
    await sleep(20);
    expect(front.stats).toMatchObject({ waiting: 2, clients: 2 });
    a.socket.write(simpleQuery('commit'));
    await own;
    expect(engine.asked).toEqual(['begin', 'of a', 'commit', 'of b', 'our own']);
    expect(front.stats.longestWaitMs).toBeGreaterThanOrEqual(20);
  });

  it('rolls back and goes on when a transaction asks nothing for too long', async () => {
    const [a, b] = [await client(), await client()];
    a.socket.write(simpleQuery('begin'));
    await sleep(20);
    b.socket.write(simpleQuery('of b'));
    await sleep(300);
    expect(engine.asked).toEqual(['begin', 'rollback', 'of b']);
    expect(a.heard).toEqual(['begin', 'C25P03']);
  });

  it('runs nothing for a client that does not read its answers, and serves the others', async () => {
    const slow = await client({ reads: false });
    for (let turn = 0; turn < 20; turn++) slow.socket.write(simpleQuery('big'));
    await sleep(50);
    const b = await client();
    b.socket.write(simpleQuery('of b'));
    await sleep(50);
    expect(b.heard).toEqual(['of b']);
    expect(engine.asked.filter((sql) => sql === 'big')).toHaveLength(1);

    slow.socket.resume(); // it reads: the rest is run as it takes it
    while (engine.asked.length < 21) await sleep(20);
  });

  it('forgets what a client asked that has gone', async () => {
    const [a, b] = [await client(), await client()];
    a.socket.write(simpleQuery('begin'));
    await sleep(20);
    b.socket.write(simpleQuery('of b'));
    await sleep(20);
    b.socket.destroy();
    await sleep(20);
    a.socket.write(simpleQuery('commit'));
    await sleep(50);
    expect(engine.asked).toEqual(['begin', 'commit']);
  });
});
