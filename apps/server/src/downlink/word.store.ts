import { Injectable } from '@nestjs/common';
import type { Alert, WordStats, WordStatsQuery } from '@muckwatch/contract';
import { type EpochMs, putRightAt, WORD_EVERY_MS, WORD_LASTS_MS, wordFor } from '@muckwatch/domain';
import { createHash } from 'node:crypto';
import type { Viewer } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { FleetService } from '../fleet/fleet.service.js';
import { asked } from '../history/cursor.js';
import { COMMAND_TABLES, commandsWithin } from './command-row.js';
import { Presence } from './presence.js';
import { terminalOf } from './terminal-of.js';

/** An alert that was put right after a word. */
export interface PutRight {
  alertId: string;
  commandId: string;
  at: EpochMs;
}

interface Word {
  id: string;
  alert: Alert;
  companyId: string | null;
  terminalId: string;
  text: string;
}

/** Whom a page names where nobody asked. */
const OURSELVES = 'MuckWatch';

/**
 * Warn first: a sentence to the driver when an alert opens that he can put right himself. The words are rows of the alert's own transaction, as its notices are: a
 * process that dies after the commit finds them `queued` and sends them, unless they have expired meanwhile.
 */
@Injectable()
export class WordStore {
  constructor(
    private readonly database: Database,
    private readonly fleet: FleetService,
    private readonly presence: Presence,
  ) {}

  /**
   * One word an episode, no more than one a truck and rule in ten minutes, and only where it can be spoken at once: the terminal is there. Answers the new rows; the same
   * batch again finds them there.
   */
  async opened(client: Queryable, alerts: { alert: Alert; companyId: string | null }[]): Promise<string[]> {
    const words = new Map<string, Word>();
    for (const { alert, companyId } of alerts) {
      const { id: truckId, plate } = alert.truck;
      if (truckId === null || plate === null) continue;
      const text = wordFor({ ...alert, ended: alert.ended === null ? null : Date.parse(alert.ended) });
      const terminalId = text === null ? null : terminalOf(this.fleet, this.presence, truckId);
      if (text === null || terminalId === null || !this.presence.isOnline(terminalId)) continue;
      const key = `${truckId} ${alert.rule}`;
      if (!words.has(key)) words.set(key, { id: idOf(alert.id), alert, companyId, terminalId, text });
    }
    const rows = [...words.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    if (rows.length === 0) return [];
    const { rows: made } = await client.query<{ id: string }>(OPEN, [
      rows.map(({ id }) => id),
      rows.map(({ alert }) => Date.parse(alert.openedAt)),
      rows.map(({ alert }) => alert.truck.id),
      rows.map(({ alert }) => alert.truck.plate),
      rows.map(({ companyId }) => companyId),
      rows.map(({ terminalId }) => terminalId),
      rows.map(({ text }) => text),
      rows.map(({ alert }) => alert.id),
      rows.map(({ alert }) => alert.rule),
      rows.map(({ alert }) => alert.openedAt),
      rows.map(({ alert }) => iso(Date.parse(alert.openedAt) + WORD_LASTS_MS)),
      OURSELVES,
    ]);
    return made.map(({ id }) => id);
  }

  /**
   * Holds ended episodes against the words about them. Asked when an episode ends and when a word turns out to have been spoken: either may be known first. What the
   * rule calls the end of an episode is taken for it: an uncovered load that reaches its yard in time counts too.
   */
  async correct(client: Queryable, alertIds: string[], at: EpochMs): Promise<PutRight[]> {
    const { rows } = await client.query<{ id: string; alert_id: string; tried_at: Date; done_at: Date; correct_until: Date; ended: Date }>(
      `select c.id, c.alert_id, c.tried_at, c.done_at, c.correct_until, al.ended from commands c join alerts al on al.id = c.alert_id
       where c.alert_id = any($1::text[]) and c.correct_until is not null and c.put_right_at is null and al.ended is not null and al.contradicted_at is null
       order by c.id for update of c`,
      [alertIds],
    );
    const right = rows.flatMap((row): PutRight[] => {
      const doneAt = row.done_at.getTime();
      const ended = putRightAt({ sentAt: row.tried_at.getTime(), doneAt }, row.ended.getTime(), row.correct_until.getTime() - doneAt);
      return ended === null ? [] : [{ alertId: row.alert_id, commandId: row.id, at: ended }];
    });
    if (right.length > 0) {
      await client.query(
        `update commands c set put_right_at = r.at, version = greatest(c.version + 1, $3) from unnest($1::text[], $2::timestamptz[]) as r(id, at) where c.id = r.id`,
        [right.map(({ commandId }) => commandId), right.map((one) => iso(one.at)), at],
      );
    }
    return right;
  }

  /** By rule: words that were sent about an alert, that were spoken, and after which it was put right. `from`, `to` compare with when they were asked for. */
  async stats({ scope }: Viewer, { from, to }: WordStatsQuery): Promise<WordStats> {
    const params: unknown[] = [from, to].map((time) => (time === undefined ? null : iso(asked(time))));
    const { rows } = await this.database.query<WordStats['items'][number] & { putright: number }>(
      `select c.rule, count(*)::int as told, count(c.done_at)::int as done, count(c.put_right_at)::int as putright from ${COMMAND_TABLES}
       where c.kind = 'speak' and c.rule is not null and c.sent_at is not null and ($1::timestamptz is null or c.asked_at >= $1) and ($2::timestamptz is null or c.asked_at < $2)
         and ${commandsWithin(scope, params)} group by c.rule order by told desc, c.rule`,
      params,
    );
    return { items: rows.map(({ rule, told, done, putright }) => ({ rule, told, done, putRight: putright })) };
  }
}

/** The same alert is the same word, however often its batch is written. */
function idOf(alertId: string): string {
  return `word-${createHash('sha256').update(alertId).digest('hex').slice(0, 32)}`;
}

// A word that nobody could have heard, because it expired first, silences no other.
const OPEN = `
  with made as (
    insert into commands (id, version, kind, status, truck_id, plate, company_id, terminal_id, text, alert_id, rule, automatic, asked_by, asked_at, expires_at)
    select w.id, w.version, 'speak', 'queued', w.truck_id, w.plate, w.company_id, w.terminal_id, w.text, w.alert_id, w.rule, true, $12, w.at, w.expires_at
    from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[])
      as w(id, version, truck_id, plate, company_id, terminal_id, text, alert_id, rule, at, expires_at)
    where not exists (select from commands o where o.truck_id = w.truck_id and o.rule = w.rule and o.automatic and o.status <> 'expired'
      and o.asked_at > w.at - interval '${WORD_EVERY_MS} milliseconds')
    on conflict (id) do nothing returning id, asked_at
  ), stepped as (
    insert into command_steps (command_id, n, at, status) select id, 1, asked_at, 'queued' from made
  )
  select id from made`;
