import { Injectable } from '@nestjs/common';
import type { Handover, HandoverBody, HandoverFacts } from '@muckwatch/contract';
import { DAY_MS, type EpochMs } from '@muckwatch/domain';
import { randomUUID } from 'node:crypto';
import { AlertStore } from '../alerts/alert.store.js';
import type { Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { Database } from '../db/database.js';
import { LiveService } from '../live/live.service.js';
import { HandoverFactsReader } from './handover-facts.js';
import { HandoverStore } from './handover.store.js';
import { noSuch, Refusal } from '../refusal.js';

/** A clock that is a little ahead is no shift that has not begun. */
const AHEAD_MS = 60_000;

/** What one shift hands on to the next: counted by the server, told in words, taken by name. */
@Injectable()
export class Handovers {
  constructor(
    private readonly database: Database,
    private readonly facts: HandoverFactsReader,
    private readonly store: HandoverStore,
    private readonly alerts: AlertStore,
    private readonly live: LiveService,
  ) {}

  draft(viewer: Viewer, since: string): Promise<HandoverFacts> {
    return this.facts.read(viewer.scope, shiftBegan(since));
  }

  async write(viewer: Viewer, { since, words }: HandoverBody): Promise<Handover> {
    const began = shiftBegan(since);
    const facts = await this.facts.read(viewer.scope, began);
    const made = await this.store.add(viewer, { id: randomUUID(), since: began, at: now(), words: words ?? null, facts });
    this.live.changed('handovers');
    return made;
  }

  /** What the giver had in hand undecided is the taker's from now on. */
  async take(viewer: Viewer, id: string): Promise<Handover> {
    const known = await this.store.one(viewer.scope, id);
    if (!known) throw noSuch('handover', id);
    const taken = await this.database.transaction(async (client) => {
      const handover = await this.store.take(client, viewer, known.id, now());
      const taker = { id: viewer.accountId, name: viewer.name };
      return handover && { handover, passed: viewer.accountId === known.by.id ? [] : await this.alerts.passOn(client, viewer, known.by.id, taker) };
    });
    if (!taken) {
      const by = (await this.store.one(viewer.scope, id))?.taken?.by.name;
      throw new Refusal(409, { en: `Handover ${id} has been taken by ${by ?? 'somebody'}.`, zh: `交班记录 ${id} 已由${by ?? '别人'}接班。` });
    }
    for (const owned of taken.passed) this.live.alert(owned);
    this.live.changed('handovers');
    return taken.handover;
  }
}

/** @throws Refusal 400 for a shift that has not begun, or began more than a day ago */
function shiftBegan(since: string): EpochMs {
  const [began, at] = [Date.parse(since), now()];
  if (began > at + AHEAD_MS) throw new Refusal(400, { en: `since ${since} is still to come.`, zh: `since ${since} 还没有到。` });
  if (at - began > DAY_MS + AHEAD_MS) throw new Refusal(400, { en: `since ${since} is more than 24 h ago.`, zh: `since ${since} 在 24 小时以前。` });
  return began;
}
