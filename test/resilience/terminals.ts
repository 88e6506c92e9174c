import { connect, type MqttClient } from 'mqtt';
import { untilIt } from './progress.js';

/** Sent and not acknowledged at one time. */
const WINDOW = 8;
const CONNECT_AGAIN_MS = 150;

/** Truck terminals as they should be: each sends in order, keeps what is not acknowledged, and sends that again when it is back. */
export class Terminals {
  readonly #terminals = new Map<string, Terminal>();
  #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Where they connect from now on. */
  set url(url: string) {
    this.#url = url;
  }

  add(id: string, secret: string): void {
    const terminal = new Terminal(id, secret, () => this.#url);
    this.#terminals.set(id, terminal);
    terminal.connect();
  }

  /** Takes it to what the terminal has to send; over a window it waits there. */
  send(id: string, payload: string): void {
    this.#terminals.get(id)!.send(payload);
  }

  get given(): number {
    return this.#sum((terminal) => terminal.given);
  }

  get acknowledged(): number {
    return this.#sum((terminal) => terminal.acknowledged.length);
  }

  get inFlight(): number {
    return this.#sum((terminal) => terminal.inFlight);
  }

  get connected(): number {
    return this.#sum((terminal) => (terminal.connected ? 1 : 0));
  }

  /** Sign-ins that the broker refused. */
  get refused(): number {
    return this.#sum((terminal) => terminal.refused);
  }

  /** Acknowledgements that came before one of an earlier packet. */
  get outOfOrder(): number {
    return this.#sum((terminal) => terminal.outOfOrder);
  }

  /** Every packet whose PUBACK came, with its terminal. */
  acknowledgedPackets(): { terminalId: string; payload: string }[] {
    return [...this.#terminals.values()].flatMap(({ id, acknowledged }) => acknowledged.map((payload) => ({ terminalId: id, payload })));
  }

  async untilAcknowledged(): Promise<void> {
    await untilIt(
      'everything is acknowledged',
      () => this.acknowledged === this.given,
      () => `${this.acknowledged} of ${this.given} acknowledged, ${this.connected} connected`,
    );
  }

  stop(): void {
    for (const terminal of this.#terminals.values()) terminal.stop();
  }

  #sum(count: (terminal: Terminal) => number): number {
    return [...this.#terminals.values()].reduce((sum, terminal) => sum + count(terminal), 0);
  }
}

class Terminal {
  readonly acknowledged: string[] = [];
  refused = 0;
  outOfOrder = 0;
  connected = false;
  /** What is not acknowledged, oldest first; the first `inFlight` of it were sent on this connection. */
  readonly #kept: { payload: string; acknowledged: boolean }[] = [];
  #sent = 0;
  #client: MqttClient | null = null;
  #again: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    readonly id: string,
    private readonly secret: string,
    private readonly url: () => string,
  ) {}

  get given(): number {
    return this.acknowledged.length + this.#kept.filter(({ acknowledged }) => !acknowledged).length;
  }

  get inFlight(): number {
    return this.#sent;
  }

  connect(): void {
    const client = connect(this.url(), { clientId: this.id, username: this.id, password: this.secret, reconnectPeriod: 0, keepalive: 60 });
    this.#client = client;
    client.on('error', (error) => void ((error as { code?: unknown }).code === 3 && this.refused++));
    client.on('connect', () => {
      this.connected = true;
      this.#push();
    });
    client.once('close', () => {
      client.end(true);
      this.connected = false;
      this.#sent = 0;
      if (!this.#stopped) this.#again = setTimeout(() => this.connect(), CONNECT_AGAIN_MS);
    });
  }

  send(payload: string): void {
    this.#kept.push({ payload, acknowledged: false });
    if (this.connected) this.#push();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#again);
    this.#client?.end(true);
  }

  #push(): void {
    const client = this.#client!;
    while (this.#sent < Math.min(WINDOW, this.#kept.length)) {
      const packet = this.#kept[this.#sent++]!;
      client.publish(`muck/v1/terminals/${this.id}/reports`, packet.payload, { qos: 1 }, (error) => {
        // The error is the connection's end: the packet is sent again on the next one.
        if (!error) this.#acknowledge(packet);
      });
    }
  }

  #acknowledge(packet: { payload: string; acknowledged: boolean }): void {
    if (packet.acknowledged) return;
    packet.acknowledged = true;
    this.acknowledged.push(packet.payload);
    if (this.#kept[0] !== packet) this.outOfOrder++;
    while (this.#kept[0]?.acknowledged) {
      this.#kept.shift();
      this.#sent = Math.max(0, this.#sent - 1);
    }
    if (this.connected) this.#push();
  }
}
