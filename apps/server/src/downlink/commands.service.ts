import { Injectable } from '@nestjs/common';
import type { CommandBody, CommandQuery, CommandResource } from '@muckwatch/contract';
import { randomUUID } from 'node:crypto';
import type { Viewer } from '../auth/viewer.js';
import { FleetService } from '../fleet/fleet.service.js';
import { faulty, noSuch } from '../refusal.js';
import { CommandStore } from './command.store.js';
import { afterCursor, cursorOf } from '../history/cursor.js';
import { Downlink, RELEASE_LASTS_MS } from './downlink.service.js';
import { Presence } from './presence.js';
import { terminalOf } from './terminal-of.js';

/** What people ask of trucks, and what they say of each other's controls. */
@Injectable()
export class Commands {
  constructor(
    private readonly store: CommandStore,
    private readonly downlink: Downlink,
    private readonly fleet: FleetService,
    private readonly presence: Presence,
  ) {}

  async list(viewer: Viewer, query: CommandQuery): Promise<{ items: CommandResource[]; nextCursor: string | null }> {
    const rows = await this.store.list(viewer, query, query.cursor === undefined ? null : afterCursor(query.cursor));
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map((row) => this.downlink.resource(row)), nextCursor: rows.length > page.length && last ? cursorOf(last.asked_at, last.id) : null };
  }

  async one(viewer: Viewer, id: string): Promise<CommandResource> {
    return this.downlink.resource(await this.store.one(viewer, id));
  }

  async ask(viewer: Viewer, body: CommandBody): Promise<CommandResource> {
    const { truckId, alertId = null } = body;
    const asked = await this.store.truck(viewer, truckId, alertId);
    if (!asked) throw noSuch('truck', truckId);
    if (alertId !== null && asked.alert?.truckId !== truckId)
      throw faulty('alertId', { en: `names no alert of truck ${truckId}`, zh: `不是车辆 ${truckId} 的告警` });
    const terminalId = terminalOf(this.fleet, this.presence, truckId);
    if (terminalId === null) throw faulty('truckId', { en: `${truckId} has no terminal that could be told anything`, zh: `${truckId} 没有可以接收指令的终端` });

    const id: string = randomUUID();
    const at = this.downlink.clock();
    let changed = [id];
    if (body.kind === 'release') {
      const { plate, companyId } = asked;
      const by = { askedBy: viewer.name, askedById: viewer.accountId, reason: body.reason ?? null, alertId };
      // Whatever was asked for: a truck that is away must be released when it comes back.
      changed = await this.store.release({ id, truckId, plate, companyId, terminalId, ...by, expiresAt: at + RELEASE_LASTS_MS }, at);
    } else await this.store.ask(id, viewer, asked, terminalId, body, at);
    return this.#after(viewer, id, changed);
  }

  async decide(viewer: Viewer, id: string, to: 'queued' | 'refused', reason: string | null): Promise<CommandResource> {
    await this.store.decide(viewer, id, to, reason, this.downlink.clock());
    return this.#after(viewer, id, [id]);
  }

  async #after(viewer: Viewer, id: string, changed: string[]): Promise<CommandResource> {
    const row = await this.store.one(viewer, id);
    await this.downlink.changed(changed);
    return this.downlink.resource(row);
  }
}
