import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Snooze, SnoozeBody } from '@muckwatch/contract';
import { DAY_MS, type EpochMs, type RuleCode } from '@muckwatch/domain';
import { randomUUID } from 'node:crypto';
import { ofTruck } from '../auth/narrowing.js';
import { type Scope, type Viewer, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { noSuch, Refusal } from '../refusal.js';

const LONGEST_MS = 30 * DAY_MS;

/** Which truck's alerts of which rule ring nobody for now. Alerts are recorded all the same. */
@Injectable()
export class Snoozes implements OnModuleInit {
  /** In force, by truck and rule: when they end. Intake asks without waiting. */
  readonly #until = new Map<string, EpochMs>();

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    const { rows } = await this.database.query<SnoozeRow>('select * from snoozes where ended_at is null and until > $1', [iso(now())]);
    for (const row of rows) this.#inForce(row.truck_id, row.rule, row.until.getTime());
  }

  isSnoozed(truckId: string, rule: RuleCode, at: EpochMs): boolean {
    const until = this.#until.size === 0 ? undefined : this.#until.get(keyOf(truckId, rule));
    return until !== undefined && at < until;
  }

  /** Newest first; those in force, and those that ended in the last week. */
  async list(scope: Scope): Promise<Snooze[]> {
    const params: unknown[] = [iso(now() - 7 * DAY_MS)];
    const { rows } = await this.database.query<SnoozeRow>(
      `select s.* from snoozes s join trucks t on t.id = s.truck_id
       where s.until > $1 and ${within(scope, ofTruck('t'), params)} order by s.created_at desc limit 500`,
      params,
    );
    return rows.map(snoozeOf);
  }

  /** @throws Refusal 400 for a time that has gone by or is more than 30 days away */
  async add(viewer: Viewer, { truckId, rule, until, reason }: SnoozeBody): Promise<Snooze> {
    const [at, end] = [now(), Date.parse(until)];
    if (end <= at) throw new Refusal(400, { en: `until ${until} has gone by.`, zh: `until ${until} 已经过去，请选以后的时间。` });
    if (end - at > LONGEST_MS) throw new Refusal(400, { en: `until ${until} is more than 30 days away.`, zh: `until ${until} 在 30 天以后，最长 30 天。` });
    const params: unknown[] = [randomUUID(), rule, iso(end), reason, viewer.name, iso(at), truckId];
    const { rows } = await this.database.query<SnoozeRow>(
      `insert into snoozes (id, truck_id, rule, until, reason, by, created_at)
       select $1, t.id, $2, $3, $4, $5, $6 from trucks t where t.id = $7 and not t.retired and ${within(viewer.scope, ofTruck('t'), params)}
       returning *`,
      params,
    );
    if (!rows[0]) throw noSuch('truck', truckId);
    this.#inForce(truckId, rule, end);
    return snoozeOf(rows[0]);
  }

  /** Ends one early. */
  async end(viewer: Viewer, id: string): Promise<Snooze> {
    const params: unknown[] = [id.replaceAll('\u0000', '\ufffd'), iso(now())];
    const { rows } = await this.database.query<SnoozeRow>(
      `update snoozes s set ended_at = coalesce(s.ended_at, $2) from trucks t
       where s.id = $1 and t.id = s.truck_id and ${within(viewer.scope, ofTruck('t'), params)} returning s.*`,
      params,
    );
    const row = rows[0];
    if (!row) throw noSuch('snooze', id);
    // Another of the same truck and rule may still run.
    this.#until.delete(keyOf(row.truck_id, row.rule));
    const others = await this.database.query<SnoozeRow>('select * from snoozes where truck_id = $1 and rule = $2 and ended_at is null and until > $3', [
      row.truck_id,
      row.rule,
      iso(now()),
    ]);
    for (const other of others.rows) this.#inForce(other.truck_id, other.rule, other.until.getTime());
    return snoozeOf(row);
  }

  #inForce(truckId: string, rule: RuleCode, until: EpochMs): void {
    const key = keyOf(truckId, rule);
    this.#until.set(key, Math.max(until, this.#until.get(key) ?? 0));
  }
}

function keyOf(truckId: string, rule: RuleCode): string {
  return `${truckId} ${rule}`;
}

interface SnoozeRow {
  id: string;
  truck_id: string;
  rule: RuleCode;
  until: Date;
  reason: string;
  by: string;
  created_at: Date;
  ended_at: Date | null;
}

function snoozeOf(row: SnoozeRow): Snooze {
  return {
    id: row.id,
    truckId: row.truck_id,
    rule: row.rule,
    until: row.until.toISOString(),
    reason: row.reason,
    by: row.by,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
