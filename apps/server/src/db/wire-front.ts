import { createServer, type Server } from 'node:net';
import { copyFormat, copyFromBlob } from './copy-in.js';
import { Listeners, listenSql, readListening, unlistenSql, type Listening } from './listen.js';
import { WireClient, type Unit } from './wire-client.js';
import { SYNC, closeStatements, copyInReply, errorReply, greeting, readReplies, ready, simpleQuery, type Replies } from './wire-messages.js';

/** One PostgreSQL backend without a door of its own. */
export interface Engine {
  /** Runs messages of the protocol and answers what the backend answered; the bytes are the caller's to keep. A throw means that the engine is broken. */
  execute(bytes: Buffer): Promise<Buffer>;
  /** Runs a COPY … FROM '/dev/blob' over these rows. */
  copyIn(sql: string, rows: Buffer[]): Promise<Buffer>;
}

export interface WireFrontSettings {
  /** What the backend would tell at sign-in: server_version, TimeZone … */
  parameters: Record<string, string>;
  /** A transaction that asks nothing for this long is ended: everybody else waits for it. */
  idleTransactionMs: number;
  /** The engine threw: nothing it says can be believed any more. */
  onBroken(error: unknown): void;
}

export interface WireFrontStats {
  clients: number;
  /** Units waiting now, and how long the first of them has waited. */
  waiting: number;
  oldestWaitMs: number;
  /** Since the start: units run, the time they waited and the time they ran. */
  units: number;
  waitedMs: number;
  busyMs: number;
  /** The longest wait of one unit since the start. */
  longestWaitMs: number;
}

/** Something to be run on the backend when it is its turn; `client` null is housekeeping. */
interface Turn {
  client: WireClient | null;
  since: number;
  bytes: number;
  run(): Promise<void>;
}

/**
 * Many clients on one backend session. A unit is everything a client sends up to a simple query, Sync or Flush; units run one at a time.
 * While ReadyForQuery says that a transaction is open (or a Flush left the protocol midway), the backend is reserved to that client and the others wait.
 */
export class WireFront {
  readonly #server: Server;
  readonly #clients = new Set<WireClient>();
  readonly #listeners = new Listeners();
  #turns: Turn[] = [];
  #running = false;
  #owner: WireClient | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #lastId = 0;
  readonly #totals = { units: 0, waitedMs: 0, busyMs: 0, longestWaitMs: 0 };

  constructor(
    private readonly engine: Engine,
    private readonly settings: WireFrontSettings,
  ) {
    this.#server = createServer((socket) => {
      const events = {
        started: (client: WireClient) => client.send(greeting(client.id, settings.parameters)),
        asked: (client: WireClient, unit: Unit) => this.#enqueueUnit(client, unit),
        drained: () => this.#pump(),
        gone: (client: WireClient) => this.#forget(client),
      };
      this.#clients.add(new WireClient(++this.#lastId, socket, events));
    });
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, () => resolve());
    });
  }

  /** Runs a task of our own when no transaction is open, nobody else being served meanwhile. */
  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ client: null, bytes: 0, run: () => task().then(resolve, reject) });
    });
  }

  get stats(): WireFrontStats {
    const first = this.#turns[0];
    return {
      clients: this.#clients.size,
      waiting: this.#turns.length,
      oldestWaitMs: first ? Math.round(performance.now() - first.since) : 0,
      units: this.#totals.units,
      waitedMs: Math.round(this.#totals.waitedMs),
      busyMs: Math.round(this.#totals.busyMs),
      longestWaitMs: Math.round(this.#totals.longestWaitMs),
    };
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    for (const client of this.#clients) client.socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #enqueueUnit(client: WireClient, unit: Unit): void {
    const bytes = sizeOf(unit);
    client.countWaiting(bytes);
    this.#enqueue({ client, bytes, run: () => this.#runUnit(client, unit) });
  }

  #enqueue(turn: Omit<Turn, 'since'>): void {
    this.#turns.push({ ...turn, since: performance.now() });
    this.#pump();
  }

  #pump(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#runTurns().finally(() => {
      this.#running = false;
      this.#watchOwner();
    });
  }

  async #runTurns(): Promise<void> {
    for (let turn = this.#takeNext(); turn; turn = this.#takeNext()) {
      const began = performance.now();
      this.#count(began - turn.since);
      try {
        await turn.run();
      } catch (error) {
        turn.client?.socket.destroy();
        this.settings.onBroken(error);
      }
      this.#totals.busyMs += performance.now() - began;
      if (!turn.client) continue;
      turn.client.activeAt = performance.now();
      turn.client.countWaiting(-turn.bytes);
    }
  }

  #takeNext(): Turn | undefined {
    const owner = this.#owner;
    const index = this.#turns.findIndex((turn) => (owner === null || turn.client === owner) && !turn.client?.choked);
    return index < 0 ? undefined : this.#turns.splice(index, 1)[0];
  }

  async #runUnit(client: WireClient, unit: Unit): Promise<void> {
    switch (unit.kind) {
      case 'messages': {
        const listening = unit.sql === null ? null : readListening(unit.sql);
        const replies = readReplies(await this.engine.execute(unit.bytes));
        if (listening && !replies.failed) await this.#noteListening(client, listening);
        this.#answer(client, replies, unit.ends);
        return;
      }
      case 'copy-begins':
        client.send(copyInReply(copyFormat(unit.sql))); // what is wrong with the statement is told when the rows are there
        return;
      case 'copy-rows':
        this.#answer(client, readReplies(await this.engine.copyIn(copyFromBlob(unit.sql), unit.rows)), true);
        return;
      case 'fails':
        await this.#fail(client, unit.code, unit.sentence);
    }
  }

  #answer(client: WireClient, replies: Replies, ends: boolean): void {
    client.status = replies.status ?? client.status;
    client.midway = !ends;
    this.#owner = client.midway || client.status !== 'I' ? client : null;
    client.send(replies.forClient);
    for (const { channel, bytes } of replies.notifications) {
      for (const listener of this.#listeners.of(channel)) listener.send(bytes);
    }
  }

  /** An error of the front's own. It fails an open transaction as the server's would, so the backend is made to fail too. */
  async #fail(client: WireClient, code: string, sentence: string): Promise<void> {
    const inTransaction = client.midway || client.status !== 'I';
    const failing = Buffer.concat([client.midway ? SYNC : Buffer.alloc(0), simpleQuery('select 1/0')]);
    if (inTransaction) client.status = readReplies(await this.engine.execute(failing)).status ?? 'E';
    client.midway = false;
    this.#owner = client.status === 'I' ? null : client;
    client.send(Buffer.concat([errorReply('ERROR', code, sentence), ready(client.status)]));
  }

  async #noteListening(client: WireClient, { verb, channel }: Listening): Promise<void> {
    if (verb === 'listen') {
      this.#listeners.add(client, channel!);
      return;
    }
    this.#listeners.remove(client, channel);
    await this.#listenAgain(channel);
  }

  /** The one session has just stopped listening for a client; the others go on. */
  async #listenAgain(channel: string | null): Promise<void> {
    const still = channel === null ? this.#listeners.channels : [channel].filter((name) => this.#listeners.channels.includes(name));
    if (still.length > 0) await this.engine.execute(simpleQuery(listenSql(still)));
  }

  #forget(client: WireClient): void {
    this.#clients.delete(client);
    this.#turns = this.#turns.filter((turn) => turn.client !== client);
    this.#enqueue({ client, bytes: 0, run: () => this.#cleanUp(client) });
  }

  async #cleanUp(client: WireClient): Promise<void> {
    if (this.#owner === client) {
      await this.engine.execute(Buffer.concat([client.midway ? SYNC : Buffer.alloc(0), simpleQuery('rollback')]));
      this.#owner = null;
    }
    if (client.statements.size > 0) await this.engine.execute(closeStatements(client.statements));
    const unheard = this.#listeners.remove(client, null);
    if (unheard.length > 0) await this.engine.execute(simpleQuery(unlistenSql(unheard)));
  }

  #watchOwner(): void {
    clearTimeout(this.#idleTimer);
    const owner = this.#owner;
    if (!owner) return;
    const leftMs = owner.activeAt + this.settings.idleTransactionMs - performance.now();
    if (leftMs > 0) {
      this.#idleTimer = setTimeout(() => this.#watchOwner(), leftMs);
      return;
    }
    owner.end(
      '25P03',
      `Terminating connection: its transaction asked nothing for ${this.settings.idleTransactionMs} ms. Inside a transaction use its client only: any other waits for it to end.`,
    );
  }

  #count(waitedMs: number): void {
    this.#totals.units += 1;
    this.#totals.waitedMs += waitedMs;
    this.#totals.longestWaitMs = Math.max(this.#totals.longestWaitMs, waitedMs);
  }
}

function sizeOf(unit: Unit): number {
  if (unit.kind === 'messages') return unit.bytes.length;
  return unit.kind === 'copy-rows' ? unit.rows.reduce((bytes, row) => bytes + row.length, 0) : 0;
}
