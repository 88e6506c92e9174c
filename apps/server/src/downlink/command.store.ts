import { Injectable } from '@nestjs/common';
import { COMMAND_STATUS_WORDS, type CommandBody, type CommandQuery } from '@muckwatch/contract';
import { type EpochMs, isControl } from '@muckwatch/domain';
import { type Viewer, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { COMMAND_COLUMNS, COMMAND_TABLES, type CommandRow, commandsWithin } from './command-row.js';
import { noSuch, Refusal } from '../refusal.js';

/** Where a list goes on. */
export interface After {
  at: string;
  id: string;
}

/** The truck of a command, as far as the viewer may send it one. */
export interface Asked {
  truckId: string;
  plate: string;
  companyId: string;
  alert: { id: string; truckId: string | null; rule: string } | null;
}

/** A release that ends limits. */
export interface Release {
  id: string;
  truckId: string;
  plate: string;
  companyId: string | null;
  terminalId: string;
  askedBy: string;
  askedById: string | null;
  reason: string | null;
  alertId: string | null;
  expiresAt: EpochMs;
}

const CONTROLS = `('limit-lift', 'limit-speed')`;
const UNIQUE = '23505';

/** Commands as people ask for them and read them. */
@Injectable()
export class CommandStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(viewer: Viewer, query: CommandQuery, after: After | null): Promise<CommandRow[]> {
    const params: unknown[] = [];
    const say = (value: unknown) => `$${params.push(value)}`;
    const conditions = [commandsWithin(viewer.scope, params)];
    if (query.truck) conditions.push(`c.truck_id = ${say(query.truck)}`);
    if (query.alert) conditions.push(`c.alert_id = ${say(query.alert)}`);
    if (query.status) conditions.push(`c.status = ${say(query.status)}`);
    if (after) conditions.push(`(c.asked_at, c.id) < (${say(after.at)}::timestamptz, ${say(after.id)})`);
    const { rows } = await this.database.query<CommandRow>(
      `select ${COMMAND_COLUMNS} from ${COMMAND_TABLES} where ${conditions.join(' and ')} order by c.asked_at desc, c.id desc limit ${say(query.limit + 1)}`,
      params,
    );
    return rows;
  }

  /** @throws Refusal 404 */
  async one({ scope }: Viewer, id: string): Promise<CommandRow> {
    const params: unknown[] = [id.replaceAll('\u0000', '\ufffd')];
    const { rows } = await this.database.query<CommandRow>(
      `select ${COMMAND_COLUMNS} from ${COMMAND_TABLES} where c.id = $1 and ${commandsWithin(scope, params)}`,
      params,
    );
    if (!rows[0]) throw noSuch('command', id);
    return rows[0];
  }

  /** The truck, where the viewer may speak to it: one of the companies of the scope, or the one of an alert in the viewer's district. */
  async truck({ scope }: Viewer, truckId: string, alertId: string | null): Promise<Asked | null> {
    const params: unknown[] = [truckId, alertId];
    const { rows } = await this.database.query<{
      plate: string;
      company_id: string;
      alert_id: string | null;
      alert_truck: string | null;
      rule: string | null;
    }>(
      `select t.plate, t.company_id, al.id as alert_id, al.truck_id as alert_truck, al.rule
       from trucks t left join companies co on co.id = t.company_id left join alerts al on al.id = $2
       where t.id = $1 and not t.retired
         and ${within(scope, { company: 't.company_id', district: ['co.district_id', 'al.district_id'], place: () => 'false' }, params)}`,
      params,
    );
    const row = rows[0];
    if (!row) return null;
    const alert = row.alert_id === null ? null : { id: row.alert_id, truckId: row.alert_truck, rule: row.rule! };
    return { truckId, plate: row.plate, companyId: row.company_id, alert };
  }

  /**
   * A new command: `asked` where another person has to approve it, else `queued`.
   *
   * @throws Refusal 409 where another limit of the truck is in force or under way
   */
  async ask(id: string, viewer: Viewer, { truckId, plate, companyId, alert }: Asked, terminalId: string, body: CommandBody, at: EpochMs): Promise<void> {
    const { kind, text, seconds, kmh, reason, expiresInS, releasesInS } = body;
    const control = isControl(kind);
    const releasesAt = control && releasesInS ? iso(at + releasesInS * 1_000) : null;
    const said = { text: ['speak', 'display'].includes(kind) ? text : null, seconds: kind === 'set-interval' ? seconds : null };
    try {
      await this.database.query(
        `with made as (
           insert into commands (id, version, kind, status, truck_id, plate, company_id, terminal_id, text, seconds, kmh, alert_id, rule, reason, asked_by, asked_by_id, asked_at,
                                 expires_at, releases_in_s, releases_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) returning id
         )
         insert into command_steps (command_id, n, at, status) select id, 1, $17, $4 from made`,
        [
          ...[id, at, kind, control ? 'asked' : 'queued', truckId, plate, companyId, terminalId],
          ...[said.text, said.seconds, kind === 'limit-speed' ? kmh : null, alert?.id, alert?.rule, reason],
          ...[viewer.name, viewer.accountId, iso(at), iso(at + expiresInS * 1_000), control ? releasesInS : null, releasesAt],
        ],
      );
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE) throw error;
      throw new Refusal(409, {
        en: `Truck ${truckId} has a limit already, in force or under way; a release ends every limit of a truck, so it has one at a time.`,
        zh: `车辆 ${truckId} 已有一项管控生效或待生效；解除会一并结束一辆车的所有管控，所以一辆车同时只能有一项。`,
      });
    }
  }

  /** A release, and what it ends: limits that the terminal may have; those that it cannot have yet are withdrawn. Answers whose rows changed. */
  async release(release: Release, at: EpochMs): Promise<string[]> {
    return this.database.transaction(async (client) => {
      const { rows: withdrawn } = await client.query<{ id: string }>(WITHDRAW, [
        release.truckId,
        iso(at),
        at,
        `released by ${release.askedBy} before it was sent`,
      ]);
      const { rows: ended } = await client.query<{ id: string }>(
        `update commands set released_by = $2, version = greatest(version + 1, $3)
         where truck_id = $1 and kind in ${CONTROLS} and over_at is null and tried_at is not null returning id`,
        [release.truckId, release.id, at],
      );
      const { truckId, plate, companyId, terminalId, reason, alertId, askedBy, askedById, expiresAt } = release;
      await client.query(
        `with made as (
           insert into commands (id, version, kind, status, truck_id, plate, company_id, terminal_id, alert_id, reason, asked_by, asked_by_id, automatic, asked_at, expires_at)
           values ($1, $2, 'release', 'queued', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id
         )
         insert into command_steps (command_id, n, at, status) select id, 1, $12, 'queued' from made`,
        [release.id, at, truckId, plate, companyId, terminalId, alertId, reason, askedBy, askedById, askedById === null, iso(at), iso(expiresAt)],
      );
      return [...withdrawn, ...ended, release].map(({ id }) => id);
    });
  }

  /**
   * What another person says of a control: `queued` or `refused`. The time until it is released begins when it is approved.
   *
   * @throws Refusal 409 naming what is in the way
   */
  async decide(viewer: Viewer, id: string, to: 'queued' | 'refused', reason: string | null, at: EpochMs): Promise<void> {
    const params: unknown[] = [id.replaceAll('\u0000', '\ufffd'), to, viewer.name, viewer.accountId, iso(at), at, reason];
    const { rowCount } = await this.database.query(
      `with moved as (
         update commands c set status = $2, decided_by = $3, decided_by_id = $4, decided_at = $5, version = greatest(c.version + 1, $6),
           releases_at = case when $2 = 'queued' then $5::timestamptz + make_interval(secs => c.releases_in_s) else c.releases_at end,
           over_at = case when $2 = 'refused' then $5::timestamptz end
         where c.status = 'asked' and c.expires_at > $5 and ($2 = 'refused' or c.asked_by_id is distinct from $4)
           and c.id in (select c.id from ${COMMAND_TABLES} where c.id = $1 and ${commandsWithin(viewer.scope, params)})
         returning c.id
       )
       insert into command_steps (command_id, n, at, status, detail)
       select id, (select max(s.n) + 1 from command_steps s where s.command_id = id), $5, $2, coalesce($7, $3) from moved`,
      params,
    );
    if (rowCount === 1) return;
    const row = await this.one(viewer, id);
    const step = to === 'queued' ? 'approved' : 'refused';
    if (row.status !== 'asked')
      throw new Refusal(409, {
        en: `Command ${id} is ${row.status}; it can be ${step} only while it is asked.`,
        zh: `指令 ${id} 现在是“${COMMAND_STATUS_WORDS[row.status].zh}”；只有待批准时才能${to === 'queued' ? '批准' : '不予批准'}。`,
      });
    if (row.expires_at.getTime() <= at)
      throw new Refusal(409, { en: `Command ${id} expired at ${row.expires_at.toISOString()}.`, zh: `指令 ${id} 已于 ${row.expires_at.toISOString()} 过期。` });
    throw new Refusal(409, {
      en: `Command ${id} was asked for by you (${row.asked_by}): another person has to approve what changes how a truck drives.`,
      zh: `指令 ${id} 是您（${row.asked_by}）申请的：影响车辆行驶的管控必须由另一个人批准。`,
    });
  }

  async rows(ids: string[], client: Queryable = this.database): Promise<CommandRow[]> {
    if (ids.length === 0) return [];
    const { rows } = await client.query<CommandRow>(`select ${COMMAND_COLUMNS} from ${COMMAND_TABLES} where c.id = any($1::text[])`, [ids]);
    return rows;
  }

  async counts(): Promise<{ asked: number; queued: number; unanswered: number }> {
    const { rows } = await this.database.query<{ asked: number; queued: number; unanswered: number }>(
      `select count(*) filter (where status = 'asked')::int as asked, count(*) filter (where status = 'queued')::int as queued,
              count(*) filter (where status = 'sent')::int as unanswered
       from commands where status in ('asked', 'queued', 'sent', 'received')`,
    );
    return rows[0]!;
  }
}

const WITHDRAW = `
  with moved as (
    update commands set status = case when status = 'asked' then 'refused' else 'expired' end, over_at = $2, version = greatest(version + 1, $3)
    where truck_id = $1 and kind in ${CONTROLS} and status in ('asked', 'queued') and tried_at is null returning id, status
  )
  insert into command_steps (command_id, n, at, status, detail)
  select id, (select max(s.n) + 1 from command_steps s where s.command_id = id), $2, status, $4 from moved returning command_id as id`;
