import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { CommandResource } from '@muckwatch/contract';
import { type EpochMs, SECOND_MS } from '@muckwatch/domain';
import { type Command, standard } from '@muckwatch/protocols';
import { randomUUID } from 'node:crypto';
import { Audit } from '../audit/audit.service.js';
import { Chore } from '../chore.js';
import { now } from '../clock.js';
import { isOutage } from '../db/outage.js';
import { FleetService } from '../fleet/fleet.service.js';
import type { TruckSeen } from '../live/board.js';
import { LiveService } from '../live/live.service.js';
import type { MqttLink } from '../mqtt/mqtt-link.js';
import { commandOf, type CommandRow, mayRead } from './command-row.js';
import { CommandStore, type Release } from './command.store.js';
import { Presence } from './presence.js';
import { Stands } from './stands.js';
import { terminalOf } from './terminal-of.js';
import { WayStore } from './way.store.js';

const EVERY_MS = SECOND_MS;
/** A truck must not stay limited because its terminal was away for a weekend. */
export const RELEASE_LASTS_MS = 7 * 24 * 3_600_000;
/** A release that was not answered is sent again, whatever the connection did. */
const UNRELEASED_MS = 5 * 60_000;

/**
 * Commands on their way to terminals. The rows are the truth and each turn reads them anew, so that a restart forgets nothing; turns come once a second, and at once
 * when something was asked for or a terminal has come.
 */
@Injectable()
export class Downlink implements OnApplicationShutdown {
  readonly #logger = new Logger('Downlink');
  readonly #chore = new Chore('Downlink', EVERY_MS, () => this.turn());
  #link: MqttLink | null = null;
  #running: Promise<void> = Promise.resolve();
  #asked = false;
  #stopped = false;
  /** The server's time; a spec turns it. */
  clock: () => EpochMs = now;

  constructor(
    private readonly commands: CommandStore,
    private readonly way: WayStore,
    private readonly presence: Presence,
    private readonly stands: Stands,
    private readonly fleet: FleetService,
    private readonly live: LiveService,
    private readonly audit: Audit,
  ) {}

  /** From intake, before the broker takes anybody. */
  attach(link: MqttLink): void {
    this.#link = link;
    this.presence.byStatus = link.kind === 'joined';
    this.presence.onOnline = () => this.wake();
    link.onTerminal = (terminalId, hears) => this.presence.is(terminalId, hears);
    this.#chore.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    await this.#chore.stop();
    await this.#running;
  }

  /** After the commit of a batch. */
  seen(trucks: TruckSeen[]): void {
    this.stands.seen(trucks);
  }

  /** After the commit that changed these commands: people are told, and what is queued is sent. */
  async changed(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    try {
      this.tell(await this.commands.rows([...new Set(ids)]));
    } catch (error) {
      // It stands in the database: who was not told now reads it there.
      if (!isOutage(error)) this.#logger.error(error);
    }
    this.wake();
  }

  tell(rows: CommandRow[]): void {
    for (const row of rows) this.live.tell('command', this.resource(row), (viewer) => mayRead(viewer, row));
  }

  resource(row: CommandRow): CommandResource {
    return commandOf(row, this.#waitsFor(row));
  }

  /** A turn soon, and another one after it where this was said in the middle of one. */
  wake(): void {
    if (this.#asked || this.#stopped) return;
    this.#asked = true;
    setImmediate(() => {
      this.turn().catch((error: unknown) => {
        if (!isOutage(error)) this.#logger.error(error);
      });
    });
  }

  /** One after the other: nothing is sent twice by two turns. */
  turn(): Promise<void> {
    const mine = this.#running.then(() => {
      this.#asked = false;
      return this.#turn();
    });
    this.#running = mine.catch(() => undefined);
    return mine;
  }

  async #turn(): Promise<void> {
    if (this.#stopped) return;
    const at = this.clock();
    const changed = await this.way.expire(at);
    for (const control of await this.way.toRelease(at)) {
      const release = this.#releaseOf(control, at);
      changed.push(...(await this.commands.release(release, at)));
      // A truck is not kept waiting for the row.
      void this.audit.system('control released', control.truck_id, { control: control.id, kind: control.kind, release: release.id });
    }
    const link = this.#link;
    if (link?.health().ok && link.drained()) {
      for (const row of await this.way.waiting(at)) if (await this.#send(link, row, this.clock())) changed.push(row.id);
    }
    if (changed.length > 0) this.tell(await this.commands.rows([...new Set(changed)]));
  }

  #releaseOf(control: CommandRow, at: EpochMs): Release {
    return {
      id: randomUUID(),
      truckId: control.truck_id,
      plate: control.plate,
      companyId: control.company_id,
      terminalId: terminalOf(this.fleet, this.presence, control.truck_id) ?? control.terminal_id,
      askedBy: 'MuckWatch',
      askedById: null,
      reason: null,
      alertId: control.alert_id,
      expiresAt: at + RELEASE_LASTS_MS,
    };
  }

  /** Answers whether the row changed. */
  async #send(link: MqttLink, row: CommandRow, at: EpochMs): Promise<boolean> {
    if (row.tried_at === null && this.fleet.terminal(row.terminal_id)?.truckId !== row.truck_id) {
      const terminalId = terminalOf(this.fleet, this.presence, row.truck_id);
      if (terminalId === null) return false;
      await this.way.readdress(row.id, terminalId);
      row = { ...row, terminal_id: terminalId };
    }
    if (!this.#maySend(row, at) || !(await this.way.claim(row.id, row.status as 'queued' | 'sent', at))) return false;
    const { topic, payload } = standard.encode!(row.terminal_id, wireOf(row));
    try {
      await link.publish(topic, payload);
    } catch {
      return false; // The link is down. It stays queued and goes when that is back.
    }
    await this.way.sent(row.id, row.status === 'sent', at);
    return true;
  }

  #maySend(row: CommandRow, at: EpochMs): boolean {
    if (!this.presence.isOnline(row.terminal_id)) return false;
    if (row.kind === 'limit-lift' && !this.stands.mayLimitLift(row.truck_id, at)) return false;
    if (row.status === 'queued') return true;
    const sentAt = row.sent_at!.getTime();
    return !this.presence.hasStayed(row.terminal_id, sentAt) || (row.kind === 'release' && at - sentAt > UNRELEASED_MS);
  }

  #waitsFor({ status, kind, terminal_id: terminalId, truck_id: truckId }: CommandRow): CommandResource['waitsFor'] {
    if (status === 'asked') return 'approval';
    if (status !== 'queued') return null;
    if (!this.presence.isOnline(terminalId)) return 'terminal';
    return kind === 'limit-lift' && !this.stands.mayLimitLift(truckId, this.clock()) ? 'standing' : null;
  }
}

function wireOf({ id, kind, expires_at, text, seconds, kmh, releases_at }: CommandRow): Command {
  const head = { id, expiresAt: expires_at.getTime() };
  switch (kind) {
    case 'speak':
    case 'display':
      return { ...head, kind, text: text! };
    case 'set-interval':
      return { ...head, kind, seconds: seconds! };
    case 'limit-speed':
      return { ...head, kind, kmh: kmh!, releasesAt: releases_at!.getTime() };
    case 'limit-lift':
      return { ...head, kind, releasesAt: releases_at!.getTime() };
    case 'capture':
    case 'release':
      return { ...head, kind };
  }
}
