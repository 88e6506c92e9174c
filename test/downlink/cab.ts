import { type CommandResource, type CommandBody } from '@muckwatch/contract';
import { connectAsync, type MqttClient } from 'mqtt';
import { type City, eventually, reportsOf, type Said, SECRET } from '../support/city.js';

/** A command as it comes down. */
export interface Heard {
  id: string;
  kind: string;
  text?: string;
  kmh?: number;
  seconds?: number;
  expiresAt: string;
  releasesAt?: string;
  retained: boolean;
}

/** A truck's terminal with its driver: hears commands, and answers what it is told to answer. */
export class Cab {
  readonly heard: Heard[] = [];
  /** What it answers to whatever it hears, in this order; nothing at first. */
  answers: string[] = [];
  #client: MqttClient | null = null;

  constructor(
    readonly id: string,
    private readonly url: () => string,
  ) {}

  get connected(): boolean {
    return this.#client?.connected ?? false;
  }

  /** Signed in, online and listening. */
  async come(): Promise<this> {
    const topic = `muck/v1/terminals/${this.id}`;
    const will = { topic: `${topic}/status`, payload: Buffer.from('{"online":false}'), qos: 1 as const, retain: true };
    const client = await connectAsync(this.url(), { username: this.id, password: SECRET, clientId: this.id, reconnectPeriod: 0, will });
    this.#client = client;
    client.on('error', () => undefined);
    client.on('message', (_topic, payload, { retain }) => {
      const command = JSON.parse(payload.toString()) as Omit<Heard, 'retained'>;
      this.heard.push({ ...command, retained: retain });
      // A tunnel may come between an answer and its acknowledgement.
      for (const status of this.answers) this.say(command.id, status).catch(() => undefined);
    });
    await client.subscribeAsync(`${topic}/commands`, { qos: 1 });
    await client.publishAsync(`${topic}/status`, '{"online":true}', { qos: 1, retain: true });
    return this;
  }

  /** As a tunnel does it: nobody says goodbye. */
  vanish(): void {
    this.#client?.stream.destroy();
    this.#client?.end(true);
    this.#client = null;
  }

  /** Answers; returned once that is acknowledged. */
  async say(id: string, status: string, more: object = {}): Promise<void> {
    await this.#client!.publishAsync(`muck/v1/terminals/${this.id}/replies`, JSON.stringify({ id, status, time: Date.now(), ...more }), { qos: 1 });
  }

  async report(reports: Said[]): Promise<void> {
    await this.#client!.publishAsync(reportsOf(this.id), JSON.stringify(reports), { qos: 1 });
  }
}

export async function ask(city: City, body: Partial<CommandBody>, token?: string): Promise<CommandResource> {
  return (await city.call('post', '/commands', token).send(body).expect(201)).body as CommandResource;
}

export async function command(city: City, id: string): Promise<CommandResource> {
  return (await city.call('get', `/commands/${id}`).expect(200)).body as CommandResource;
}

/** Until it has got so far, or farther. */
export function untilStatus(city: City, id: string, status: string): Promise<CommandResource> {
  return eventually(
    `command ${id} is ${status}`,
    () => command(city, id),
    (one) => steps(one).includes(status),
  );
}

/** The statuses of its steps. */
export const steps = ({ steps }: CommandResource): string[] => steps.map(({ status }) => status);
