import { Injectable } from '@nestjs/common';
import { type Alert, ALERT_STEP_WORDS, type AlertDetail, type AlertQuery, type AlertStepRecord, ALERT_STATUS_WORDS } from '@muckwatch/contract';
import {
  afterStep,
  ALERT_TRANSITIONS,
  type AlertStatus,
  type AlertStep,
  type EpochMs,
  type KnownEpisode,
  type RuleCode,
  type Severity,
  type Sentence,
} from '@muckwatch/domain';
import { ofAlert } from '../auth/narrowing.js';
import { type Scope, type Viewer, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import type { Owned } from '../live/board.js';
import type { AlertDraft } from './alert-draft.js';
import { afterCursor, asked, cursorOf } from '../history/cursor.js';
import { ALERT_COLUMNS, alertOf, type AlertRow, ownedAlertOf } from './alert-row.js';
import { cited, noSuch, Refusal } from '../refusal.js';

/** A row that a batch wrote. */
export interface WrittenAlert extends Owned {
  /** The row is new: people are told. */
  opened: boolean;
}

/** An alert that judging again did not find. */
export interface Contradiction {
  id: string;
  rulesVersion: number;
  at: EpochMs;
  reason: { zh: string; en: string };
}

/** A stored alert as judging again compares it. */
export interface KnownAlert extends KnownEpisode {
  foundAt: EpochMs;
  severity: Severity;
  siteId: string | null;
  worldVersion: number;
  evidence: Record<string, unknown>;
}

interface KnownRow {
  id: string;
  rule: string;
  scope: string;
  severity: Severity;
  began: Date;
  ended: Date | null;
  contradicted_at: Date | null;
  found_at: Date;
  site_id: string | null;
  world_version: string;
  evidence: Record<string, unknown>;
}

/** Rules over the fleet, at ticks of the server's clock: judging a truck again says nothing of them. */
const NOT_REPLAYED: RuleCode[] = ['silent-terminal', 'platform-outage'];

/** Alerts as rows. The rules write through `write`, people through `step`; neither touches the other's columns. */
@Injectable()
export class AlertStore {
  constructor(private readonly database: Database) {}

  /** Upserts the rules' columns inside the batch's transaction; drafts are unique by id and sorted, so that no two batches lock in opposite order. */
  async write(client: Queryable, drafts: AlertDraft[]): Promise<WrittenAlert[]> {
    const c = columnsOf(drafts);
    const { rows } = await client.query<AlertRow & { opened: boolean }>(WRITE, [
      ...[c.id, c.rulesVersion, c.incident],
      drafts.map((d) => d.rule),
      drafts.map((d) => d.scope),
      c.severity,
      drafts.map((d) => d.truckId),
      drafts.map((d) => d.plate),
      drafts.map((d) => d.companyId),
      ...[c.haulId, c.placeId, c.place, c.began, c.ended],
      drafts.map((d) => d.late),
      drafts.map((d) => iso(d.openedAt)),
      ...[c.lat, c.lon, c.evidence, c.limits, c.zh, c.en, c.foundAt, c.worldVersion],
      drafts.map((d) => d.snoozed),
      ...[c.siteId, c.districtId],
    ]);
    return rows.map((row) => ({ ...ownedAlertOf(row), opened: row.opened }));
  }

  /** What judging again makes of alerts that are known: the rules' columns as if they had been found so, `began` too. Their evidence is sealed anew. */
  async rewrite(client: Queryable, drafts: AlertDraft[]): Promise<WrittenAlert[]> {
    const c = columnsOf(drafts);
    const { rows } = await client.query<AlertRow>(REWRITE, [
      ...[c.id, c.rulesVersion, c.incident, c.severity, c.haulId, c.placeId, c.place, c.began, c.ended],
      ...[c.lat, c.lon, c.evidence, c.limits, c.zh, c.en, c.foundAt, c.worldVersion],
      ...[iso(now()), c.siteId, c.districtId],
    ]);
    return rows.map((row) => ({ ...ownedAlertOf(row), opened: false }));
  }

  /** Alerts that the fuller data no longer supports say so and why. Their status is people's. */
  async contradict(client: Queryable, contradictions: Contradiction[]): Promise<WrittenAlert[]> {
    const { rows } = await client.query<AlertRow>(CONTRADICT, [
      contradictions.map((c) => c.id),
      contradictions.map((c) => c.rulesVersion),
      contradictions.map((c) => iso(c.at)),
      contradictions.map((c) => c.reason.en),
      contradictions.map((c) => c.reason.zh),
    ]);
    return rows.map((row) => ({ ...ownedAlertOf(row), opened: false }));
  }

  /** Episodes that ended in time after a word to the driver. Said once: what is found of it later changes nothing. */
  async putRight(client: Queryable, said: { alertId: string; commandId: string; at: EpochMs }[]): Promise<WrittenAlert[]> {
    const { rows } = await client.query<AlertRow>(
      `with written as (
         update alerts a set put_right_at = s.at, put_right_by = s.command_id, people_version = a.people_version + 1
         from unnest($1::text[], $2::text[], $3::timestamptz[]) as s(alert_id, command_id, at) where a.id = s.alert_id and a.put_right_at is null returning a.*
       )
       select ${ALERT_COLUMNS} from written a left join companies c on c.id = a.company_id`,
      [said.map(({ alertId }) => alertId), said.map(({ commandId }) => commandId), said.map(({ at }) => iso(at))],
    );
    return rows.map((row) => ({ ...ownedAlertOf(row), opened: false }));
  }

  /** The alerts of a truck that judging again from a time on may find, change or contradict. */
  async knownSince(truckId: string, from: EpochMs): Promise<KnownAlert[]> {
    const { rows } = await this.database.query<KnownRow>(
      `select id, rule, scope, severity, status, began, ended, contradicted_at, found_at, site_id, world_version, evidence from alerts
       where truck_id = $1 and rule <> all($2::text[]) and (found_at > $3 or ended is null or ended >= $3)`,
      [truckId, NOT_REPLAYED, iso(from)],
    );
    return rows.map((row) => ({
      id: row.id,
      key: `${row.rule} ${row.scope}`,
      began: row.began.getTime(),
      ended: row.ended?.getTime() ?? null,
      contradicted: row.contradicted_at !== null,
      foundAt: row.found_at.getTime(),
      severity: row.severity,
      siteId: row.site_id,
      worldVersion: Number(row.world_version),
      evidence: row.evidence,
    }));
  }

  /** Puts every alert into the district that it happened in as districts are drawn now. A page a statement: others wait no longer than for one. */
  async redistrict(districtAt: (point: [lon: number, lat: number]) => string | null): Promise<void> {
    for (let after = ''; ;) {
      const { rows } = await this.database.query<{ id: string; lat: number; lon: number; district_id: string | null }>(
        'select id, lat, lon, district_id from alerts where id > $1 order by id limit 2000',
        [after],
      );
      const moved = rows.map((row) => ({ ...row, to: districtAt([row.lon, row.lat]) })).filter((row) => row.to !== row.district_id);
      if (moved.length > 0) {
        await this.database.query('update alerts a set district_id = m.to_id from unnest($1::text[], $2::text[]) as m(id, to_id) where a.id = m.id', [
          moved.map(({ id }) => id),
          moved.map(({ to }) => to),
        ]);
      }
      if (rows.length < 2_000) return;
      after = rows.at(-1)!.id;
    }
  }

  /** Newest first. */
  async list(viewer: Viewer, query: AlertQuery): Promise<{ items: Alert[]; nextCursor: string | null }> {
    const params: unknown[] = [];
    const say = (value: unknown) => `$${params.push(value)}`;
    const conditions = [within(viewer.scope, ofAlert('a'), params)];
    if (query.status) conditions.push(`a.status = ${say(query.status)}`);
    if (query.rule) conditions.push(`a.rule = ${say(query.rule)}`);
    if (query.truck) conditions.push(`a.truck_id = ${say(query.truck)}`);
    if (query.place) conditions.push(`a.place_id = ${say(query.place)}`);
    if (query.site) conditions.push(`a.site_id = ${say(query.site)}`);
    if (query.company) conditions.push(`a.company_id = ${say(query.company)}`);
    if (query.contradicted !== undefined) conditions.push(`a.contradicted_at is ${query.contradicted ? 'not null' : 'null'}`);
    if (query.ended !== undefined) conditions.push(`a.ended is ${query.ended ? 'not null' : 'null'}`);
    if (query.from) conditions.push(`a.began >= ${say(iso(asked(query.from)))}`);
    if (query.to) conditions.push(`a.began < ${say(iso(asked(query.to)))}`);
    if (query.cursor) {
      const after = afterCursor(query.cursor);
      conditions.push(`(a.began, a.id) < (${say(after.at)}::timestamptz, ${say(after.id)})`);
    }
    const { rows } = await this.database.query<AlertRow>(
      `select ${ALERT_COLUMNS} from alerts a left join companies c on c.id = a.company_id
       where ${conditions.join(' and ')} order by a.began desc, a.id desc limit ${say(query.limit + 1)}`,
      params,
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(alertOf), nextCursor: rows.length > page.length && last ? cursorOf(last.began, last.id) : null };
  }

  /** What the control room starts with: everything undecided, and what was decided or opened in the last 12 h; the newest 2,000. */
  async current(): Promise<Owned[]> {
    const { rows } = await this.database.query<AlertRow>(
      `select ${ALERT_COLUMNS} from alerts a left join companies c on c.id = a.company_id
       where a.status in ('open', 'acknowledged') or a.changed_at is not null or a.opened_at > now() - interval '12 hours' or a.decided_at > now() - interval '12 hours'
       order by a.began desc, a.id desc limit 2000`,
    );
    return rows.map(ownedAlertOf);
  }

  async one(scope: Scope, id: string, client: Queryable = this.database): Promise<{ row: AlertRow; alert: Alert }> {
    mustBeStorable(id);
    const params: unknown[] = [id];
    const { rows } = await client.query<AlertRow>(
      `select ${ALERT_COLUMNS} from alerts a left join companies c on c.id = a.company_id
       where a.id = $1 and ${within(scope, ofAlert('a'), params)}`,
      params,
    );
    if (!rows[0]) throw noSuch('alert', id);
    return { row: rows[0], alert: alertOf(rows[0]) };
  }

  async steps(alertId: string): Promise<AlertDetail['steps']> {
    const { rows } = await this.database.query<{ at: Date; by: string; step: AlertStepRecord['step']; reason: string | null }>(
      'select at, by, step, reason from alert_steps where alert_id = $1 order by at',
      [alertId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  async related(scope: Scope, incident: string, exceptId: string): Promise<Alert[]> {
    const params: unknown[] = [incident, exceptId];
    const { rows } = await this.database.query<AlertRow>(
      `select ${ALERT_COLUMNS} from alerts a left join companies c on c.id = a.company_id
       where a.incident = $1 and a.id <> $2 and ${within(scope, ofAlert('a'), params)} order by a.began limit 50`,
      params,
    );
    return rows.map(alertOf);
  }

  /**
   * One step of a person, in one statement: allowed only from the statuses of ALERT_TRANSITIONS.
   *
   * @throws Refusal 409 naming status and step where the status does not allow it
   */
  async step(client: Queryable, viewer: Viewer, id: string, step: AlertStep, reason: string | null): Promise<Owned> {
    mustBeStorable(id);
    const { from, to } = ALERT_TRANSITIONS[step];
    const params: unknown[] = [id, to, viewer.name, iso(now()), reason, from, step];
    const { rows } = await client.query<AlertRow>(
      `with stepped as (
         update alerts a set status = $2, decided_by = $3, decided_at = $4, decided_why = $5, changed_at = null, people_version = people_version + 1
         where id = $1 and status = any($6::text[]) and ${within(viewer.scope, ofAlert('a'), params)}
         returning *
       ), recorded as (
         insert into alert_steps (alert_id, at, by, step, reason) select id, $4, $3, $7, $5 from stepped
         on conflict (alert_id, at) do update set by = excluded.by, step = excluded.step, reason = excluded.reason
       )
       select ${ALERT_COLUMNS} from stepped a left join companies c on c.id = a.company_id`,
      params,
    );
    if (rows[0]) return ownedAlertOf(rows[0]);
    const { alert } = await this.one(viewer.scope, id, client);
    throw new Refusal(409, refusal(alert.status, step, id));
  }

  /** The whole incident of an alert to one person, or to nobody: those of its alerts that the viewer sees. */
  async assign(client: Queryable, viewer: Viewer, incident: string, to: { id: string; name: string } | null): Promise<Owned[]> {
    const params: unknown[] = [incident, to?.id ?? null, iso(now()), viewer.name, to?.name ?? null];
    const { rows } = await client.query<AlertRow>(
      assigning(`a.incident = $1 and a.assignee_id is distinct from $2 and ${within(viewer.scope, ofAlert('a'), params)}`),
      params,
    );
    return rows.map(ownedAlertOf);
  }

  /** What one person has in hand undecided goes to the next, at a change of shift; or, where they have left, to nobody. */
  async passOn(client: Queryable, viewer: Viewer, fromId: string, to: { id: string; name: string } | null): Promise<Owned[]> {
    const params: unknown[] = [fromId, to?.id ?? null, iso(now()), viewer.name, to?.name ?? null];
    const { rows } = await client.query<AlertRow>(
      assigning(`a.assignee_id = $1 and (a.status in ('open', 'acknowledged') or a.changed_at is not null) and ${within(viewer.scope, ofAlert('a'), params)}`),
      params,
    );
    return rows.map(ownedAlertOf);
  }
}

/** The rules' columns as both statements take them. */
function columnsOf(drafts: AlertDraft[]) {
  const column = <T>(of: (draft: AlertDraft) => T) => drafts.map(of);
  return {
    id: column((d) => d.id),
    rulesVersion: column((d) => d.rulesVersion),
    incident: column((d) => d.incident),
    severity: column((d) => d.severity),
    haulId: column((d) => d.haulId),
    siteId: column((d) => d.siteId),
    districtId: column((d) => d.districtId),
    placeId: column((d) => d.place?.id ?? null),
    place: column((d) => (d.place ? JSON.stringify(d.place) : null)),
    began: column((d) => iso(d.began)),
    ended: column((d) => (d.ended === null ? null : iso(d.ended))),
    lat: column((d) => d.point[1]),
    lon: column((d) => d.point[0]),
    evidence: column((d) => JSON.stringify(d.evidence)),
    limits: column((d) => JSON.stringify(d.limits)),
    zh: column((d) => d.summary.zh),
    en: column((d) => d.summary.en),
    foundAt: column((d) => iso(d.foundAt)),
    worldVersion: column((d) => d.worldVersion),
  };
}

/** PostgreSQL holds no U+0000, and refuses a question with one instead of finding nothing. */
function mustBeStorable(id: string): void {
  if (id.includes('\u0000')) throw new Refusal(404, { en: `There is no alert ${JSON.stringify(id)}.`, zh: `没有编号为${cited(id)}的告警。` });
}

function refusal(status: AlertStatus, step: AlertStep, id: string): Sentence {
  const allowed = (Object.keys(ALERT_TRANSITIONS) as AlertStep[]).filter((other) => afterStep(status, other) !== null);
  const { from } = ALERT_TRANSITIONS[step];
  const zh = { from: from.map((one) => `“${ALERT_STATUS_WORDS[one].zh}”`).join('或'), allowed: allowed.map((one) => ALERT_STEP_WORDS[one].zh).join('、') };
  return {
    en: `Alert ${id} is ${status}; the step ${step} is only allowed from ${from.join(' or ')}. From ${status} it can be: ${allowed.join(', ')}.`,
    zh: `告警 ${id} 现在是“${ALERT_STATUS_WORDS[status].zh}”，只有${zh.from}的才能${ALERT_STEP_WORDS[step].zh}。现在可以：${zh.allowed}。`,
  };
}

/** $2 whom to, $3 when, $4 who did it, $5 the name of whom to. */
const assigning = (which: string) => `
  with assigned as (
    update alerts a set assignee_id = $2, people_version = people_version + 1 where ${which} returning a.*
  ), recorded as (
    insert into alert_steps (alert_id, at, by, step, reason) select id, $3, $4, 'assign', $5 from assigned
    on conflict (alert_id, at) do update set by = excluded.by, step = excluded.step, reason = excluded.reason
  )
  select ${ALERT_COLUMNS} from assigned a left join companies c on c.id = a.company_id`;

// Opening time, lateness and place stay as they were when it opened; a repeated batch finds its own numbers and changes nothing.
const WRITE = `
  with written as (
    insert into alerts (id, rules_version, incident, rule, scope, severity, truck_id, plate, company_id, haul_id, place_id, place, began, ended, late, opened_at,
                        lat, lon, evidence, limits, summary_zh, summary_en, found_at, world_version, snoozed, site_id, district_id)
    select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                         $12::jsonb[], $13::timestamptz[], $14::timestamptz[], $15::boolean[], $16::timestamptz[], $17::float8[], $18::float8[], $19::jsonb[],
                         $20::jsonb[], $21::text[], $22::text[], $23::timestamptz[], $24::bigint[], $25::boolean[], $26::text[], $27::text[])
    on conflict (id) do update set
      rules_version = greatest(alerts.rules_version, excluded.rules_version), severity = excluded.severity, ended = excluded.ended,
      evidence = excluded.evidence, summary_zh = excluded.summary_zh, summary_en = excluded.summary_en,
      contradicted_at = null, contradicted_reason = null, contradicted_reason_zh = null
    returning *, (xmax = 0) as opened
  )
  select ${ALERT_COLUMNS}, a.opened from written a left join companies c on c.id = a.company_id`;

// Graver than what a person dismissed: it returns to the queue as «changed since decided».
const REWRITE = `
  with said as (
    select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[], $9::timestamptz[], $10::float8[],
                         $11::float8[], $12::jsonb[], $13::jsonb[], $14::text[], $15::text[], $16::timestamptz[], $17::bigint[],
                         $19::text[], $20::text[])
      as t(id, rules_version, incident, severity, haul_id, place_id, place, began, ended, lat, lon, evidence, limits, summary_zh, summary_en, found_at, world_version, site_id, district_id)
  ), written as (
    update alerts a set rules_version = greatest(a.rules_version, s.rules_version), incident = s.incident, severity = s.severity, haul_id = s.haul_id,
      place_id = s.place_id, place = s.place, began = s.began, ended = s.ended, lat = s.lat, lon = s.lon, evidence = s.evidence, limits = s.limits,
      summary_zh = s.summary_zh, summary_en = s.summary_en, found_at = s.found_at, world_version = s.world_version,
      site_id = s.site_id, district_id = s.district_id,
      contradicted_at = null, contradicted_reason = null, contradicted_reason_zh = null, sealed_at = null, sealed_sha256 = null,
      changed_at = case when a.status = 'dismissed'
        and array_position(array['minor', 'serious', 'critical'], s.severity) > array_position(array['minor', 'serious', 'critical'], a.severity)
        then $18::timestamptz else a.changed_at end
    from said s where a.id = s.id returning a.*
  )
  select ${ALERT_COLUMNS} from written a left join companies c on c.id = a.company_id`;

const CONTRADICT = `
  with said as (
    select * from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[]) as t(id, rules_version, at, reason, reason_zh)
  ), written as (
    update alerts a set rules_version = greatest(a.rules_version, s.rules_version), contradicted_at = s.at, contradicted_reason = s.reason,
      contradicted_reason_zh = s.reason_zh, changed_at = case when a.status = 'confirmed' then s.at else a.changed_at end
    from said s where a.id = s.id and a.contradicted_at is null returning a.*
  )
  select ${ALERT_COLUMNS} from written a left join companies c on c.id = a.company_id`;
