import { Injectable } from '@nestjs/common';
import { type FleetState, HOUR_MS, isCut, type Report, STATE_SHAPE } from '@muckwatch/domain';
import { createHash } from 'node:crypto';
import type { AlertDraft } from '../alerts/alert-draft.js';
import { AlertStore, type WrittenAlert } from '../alerts/alert.store.js';
import { iso, now } from '../clock.js';
import { bools, float8s, int2s, int8s, jsonbs, texts, timestamptzs } from '../db/binary-arrays.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { type PreparedReply, ReplyStore } from '../downlink/reply.store.js';
import { WordStore } from '../downlink/word.store.js';
import { Notices } from '../notices/notices.service.js';
import type { ToldNotice } from '../notices/notice-row.js';
import { type Due, type Entry, type LoggedReply, type LoggedReport, QUARANTINE_BYTES, type QuarantinedMessage, type Rejudged, type Snapshot } from './entry.js';
import { SightingLog } from './sighting-log.js';

export interface Committed {
  /** Reports that were new; the others of the batch stood in the table already. */
  inserted: number;
  late: number;
  alerts: WrittenAlert[];
  /** Notices that were written with them. */
  notices: ToldNotice[];
  /** Of these, what has been put right after a word to the driver. */
  putRight: WrittenAlert[];
  /** Commands whose rows changed. */
  commands: string[];
  /** Replies that answer nothing that was sent: quarantined. */
  refused: QuarantinedMessage[];
}

/** One transaction a batch. Every statement is repeatable: natural keys, absolute values, rows sorted by key. */
@Injectable()
export class BatchStore {
  constructor(
    private readonly database: Database,
    private readonly alertStore: AlertStore,
    private readonly sightingLog: SightingLog,
    private readonly notices: Notices,
    private readonly replyStore: ReplyStore,
    private readonly wordStore: WordStore,
  ) {}

  async commit(entries: Entry[]): Promise<Committed> {
    const reports = entries.flatMap((entry) => entry.reports.map((logged) => ({ ...logged, heardAt: entry.heardAt })));
    const quarantined = entries.flatMap((entry) => entry.quarantined.map((message) => ({ ...message, receivedAt: entry.heardAt })));
    const heard = entries.flatMap((entry) => entry.sightings.map((sighting) => ({ ...sighting, heardAt: entry.heardAt })));
    const sightings = heard.length > 0 ? await this.sightingLog.prepare(heard) : [];
    const answers = entries.flatMap((entry) => entry.replies.map((reply) => ({ ...reply, heardAt: entry.heardAt })));
    const replies = answers.length > 0 ? await this.replyStore.prepare(answers) : [];
    const rehabilitated = entries.flatMap((entry) => entry.rehabilitated);
    const snapshots = newestBy(
      entries.flatMap((entry) => entry.snapshots),
      (snapshot) => `${snapshot.subject} ${hourOf(snapshot)}`,
    );
    const hauls = newestBy(
      entries.flatMap((entry) => entry.hauls),
      (haul) => haul.id,
    );
    const alerts = mergedById(entries.flatMap((entry) => entry.alerts));
    const due = entries.flatMap((entry) => entry.due.map((one) => ({ ...one, heardAt: entry.heardAt })));
    const rejudged = entries.flatMap((entry) => entry.rejudged);
    const fleetState = entries.findLast((entry) => entry.fleetState !== null)?.fleetState ?? null;

    const told: WrittenAlert[] = [];
    const committed: Committed = { inserted: 0, late: 0, alerts: told, notices: [], putRight: [], commands: [], refused: [] };
    const steps: ((client: Queryable) => Promise<void>)[] = [];
    if (reports.length > 0) steps.push(async (client) => void Object.assign(committed, await insertReports(client, reports)));
    if (rehabilitated.length > 0) steps.push((client) => rehabilitate(client, rehabilitated));
    if (sightings.length > 0) steps.push((client) => this.sightingLog.write(client, sightings));
    if (quarantined.length > 0) steps.push((client) => insertQuarantine(client, quarantined));
    if (due.length > 0) steps.push((client) => makeDue(client, due));
    for (const one of rejudged) steps.push(async (client) => void told.push(...(await this.#rejudge(client, one))));
    if (snapshots.length > 0) steps.push((client) => upsertSnapshots(client, snapshots));
    if (hauls.length > 0) steps.push((client) => upsertHauls(client, hauls));
    if (alerts.length > 0) steps.push(async (client) => void told.push(...(await this.alertStore.write(client, alerts))));
    if (fleetState) steps.push((client) => writeFleetState(client, fleetState));
    const ofAlerts = alerts.length > 0 || rejudged.length > 0;
    if (ofAlerts) steps.push(async (client) => void committed.notices.push(...(await this.notices.write(client, told))));
    if (replies.length > 0 || ofAlerts) steps.push((client) => this.#words(client, committed, replies));

    // One statement is a transaction by itself: most batches are nothing but reports.
    if (steps.length === 1 && replies.length === 0) await steps[0]!(this.database);
    else if (steps.length > 0) {
      await this.database.transaction(async (client) => {
        for (const step of steps) await step(client);
      });
    }
    return committed;
  }

  /** Words to drivers of what has opened, what terminals say of earlier ones, and what was put right after one. */
  async #words(client: Queryable, committed: Committed, replies: (PreparedReply & LoggedReply)[]): Promise<void> {
    const { alerts, commands, refused } = committed;
    const opened = alerts.filter((one) => one.opened);
    if (opened.length > 0) commands.push(...(await this.wordStore.opened(client, opened)));
    const ended = alerts.filter(({ alert }) => alert.ended !== null).map(({ alert }) => alert.id);
    if (replies.length > 0) {
      const taken = await this.replyStore.take(client, replies);
      commands.push(...taken.changed);
      ended.push(...taken.spokenOf);
      refused.push(...taken.refused.map(({ heard, reason, detail }) => ({ ...heard.asQuarantined, reason, detail })));
      const heardAt = new Map(replies.map((one) => [one.asQuarantined.id, one.heardAt]));
      if (refused.length > 0)
        await insertQuarantine(
          client,
          refused.map((message) => ({ ...message, receivedAt: heardAt.get(message.id)! })),
        );
    }
    if (ended.length === 0) return;
    const right = await this.wordStore.correct(client, ended, now());
    if (right.length === 0) return;
    commands.push(...right.map(({ commandId }) => commandId));
    committed.putRight.push(...(await this.alertStore.putRight(client, right)));
    for (const { alertId, at } of right) committed.notices.push(...(await this.notices.putRight(client, alertId, at, true)));
  }

  /** Trucks as they stand, each once. */
  async snapshots(snapshots: Snapshot[]): Promise<void> {
    await upsertSnapshots(this.database, snapshots);
  }

  /** What judging a truck again replaces. Its new alerts, hauls and snapshots are written with the batch's own. */
  async #rejudge(client: Queryable, { subject, from, dueVersion, rewritten, contradicted, lostHauls, doubts }: Rejudged): Promise<WrittenAlert[]> {
    // The due row names its own version: where late reports came meanwhile it is another, and the truck stays due.
    await client.query('delete from judge_due where subject = $1 and xmin::text = $2', [subject, dueVersion]);
    await client.query('delete from snapshots where subject = $1 and at > $2', [subject, iso(from)]);
    if (lostHauls.length > 0) await client.query('update hauls set contradicted_at = $2 where id = any($1::text[])', [lostHauls, iso(now())]);
    if (doubts.length > 0) await doubt(client, doubts);
    const written = rewritten.length > 0 ? await this.alertStore.rewrite(client, rewritten) : [];
    return contradicted.length > 0 ? [...written, ...(await this.alertStore.contradict(client, contradicted))] : written;
  }
}

/** The last of each key, in the order of the keys: no upsert meets a row twice, no two batches lock in opposite order. */
function newestBy<T>(items: T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key)!);
}

/** The newest word on each alert; what was settled when it opened stays, as in the statement that writes it. */
function mergedById(drafts: AlertDraft[]): AlertDraft[] {
  const byId = new Map<string, AlertDraft>();
  for (const draft of drafts) {
    const first = byId.get(draft.id);
    const { rulesVersion, severity, ended, evidence, summary } = draft;
    byId.set(draft.id, first ? { ...first, rulesVersion, severity, ended, evidence, summary } : draft);
  }
  return newestBy([...byId.values()], (draft) => draft.id);
}

async function insertReports(client: Queryable, reports: (LoggedReport & { heardAt: number })[]): Promise<{ inserted: number; late: number }> {
  const column = <T>(of: (report: Report) => T) => reports.map(({ report }) => of(report));
  const { rows } = await client.query<{ inserted: number; late: number }>(INSERT_REPORTS, [
    texts(column((r) => r.source)),
    timestamptzs(column((r) => r.at)),
    texts(column((r) => r.digest)),
    texts(reports.map((r) => r.truckId)),
    timestamptzs(reports.map((r) => r.heardAt)),
    float8s(column((r) => r.point[1])),
    float8s(column((r) => r.point[0])),
    float8s(column((r) => r.speedKmh)),
    float8s(column((r) => r.headingDeg)),
    float8s(column((r) => r.altitudeM)),
    float8s(column((r) => r.accuracyM)),
    int2s(column((r) => r.satellites)),
    float8s(column((r) => r.odometerKm)),
    bools(column((r) => r.ignition)),
    texts(column((r) => r.bed)),
    float8s(column((r) => r.bedAngleDeg)),
    texts(column((r) => r.cover)),
    float8s(column((r) => r.loadKg)),
    texts(column((r) => r.loadState)),
    int8s(column((r) => r.seq)),
    bools(column((r) => r.buffered)),
    jsonbs(column((r) => (r.extra === null ? null : JSON.stringify(r.extra)))),
    bools(reports.map((r) => r.late)),
    texts(reports.map((r) => r.doubt)),
  ]);
  return rows[0]!;
}

/** An hour that is over has been counted, or is about to be: what comes after asks for it again. Two minutes are left to a transaction that began before. */
const PAST_HOUR = (at: string) => `${at} < date_trunc('hour', now() - interval '2 minutes', 'UTC')`;

// Only rows that are new make a truck due to be judged again, in the same statement: a redelivery never does, and a restart forgets none.
const INSERT_REPORTS = `
  with inserted as (
    insert into reports (source, at, digest, truck_id, heard_at, lat, lon, speed_kmh, heading_deg, altitude_m, accuracy_m, satellites, odometer_km, ignition,
                         bed, bed_angle_deg, cover, load_kg, load_state, seq, buffered, extra, late, doubt)
    select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::timestamptz[], $6::float8[], $7::float8[], $8::float8[], $9::float8[],
                         $10::float8[], $11::float8[], $12::smallint[], $13::float8[], $14::boolean[], $15::text[], $16::float8[], $17::text[], $18::float8[],
                         $19::text[], $20::bigint[], $21::boolean[], $22::jsonb[], $23::boolean[], $24::text[])
    on conflict (source, at, digest) do nothing
    returning source, truck_id, at, heard_at, late
  ), hours as (
    insert into truck_hours_due (source, hour)
    select distinct source, date_trunc('hour', at, 'UTC') from inserted where ${PAST_HOUR('at')} order by 1, 2
    on conflict (source, hour) do update set asked = truck_hours_due.asked + 1, follows = true
  ), due as (
    insert into judge_due (subject, earliest_at, first_heard, last_heard)
    select truck_id, min(at), min(heard_at), max(heard_at) from inserted where late group by truck_id order by truck_id
    on conflict (subject) do update set
      earliest_at = least(judge_due.earliest_at, excluded.earliest_at),
      first_heard = least(judge_due.first_heard, excluded.first_heard),
      last_heard = greatest(judge_due.last_heard, excluded.last_heard)
  )
  select count(*)::int as inserted, count(*) filter (where late)::int as late from inserted`;

function rehabilitate(client: Queryable, reports: Report[]): Promise<void> {
  return doubt(
    client,
    reports.map((report) => ({ report, doubt: null })),
  );
}

async function doubt(client: Queryable, doubts: Rejudged['doubts']): Promise<void> {
  const times = doubts.map(({ report }) => report.at);
  await client.query(
    `with doubted as (
       update reports r set doubt = k.doubt from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[]) as k(source, at, digest, doubt)
       where r.source = k.source and r.at = k.at and r.digest = k.digest and r.at between $5::timestamptz and $6::timestamptz
       returning r.source, r.at
     )
     insert into truck_hours_due (source, hour)
     select distinct source, date_trunc('hour', at, 'UTC') from doubted where ${PAST_HOUR('at')} order by 1, 2
     on conflict (source, hour) do update set asked = truck_hours_due.asked + 1, follows = true`,
    [
      doubts.map(({ report }) => report.source),
      doubts.map(({ report }) => iso(report.at)),
      doubts.map(({ report }) => report.digest),
      doubts.map((one) => one.doubt),
      // The bounds let the planner leave every other chunk alone.
      iso(Math.min(...times)),
      iso(Math.max(...times)),
    ],
  );
}

async function makeDue(client: Queryable, due: (Due & { heardAt: number })[]): Promise<void> {
  const rows = newestBy(due, ({ subject }) => subject);
  const earliest = new Map<string, number>();
  for (const { subject, earliestAt } of due) earliest.set(subject, Math.min(earliestAt, earliest.get(subject) ?? Infinity));
  await client.query(MAKE_DUE, [
    rows.map(({ subject }) => subject),
    rows.map(({ subject }) => iso(earliest.get(subject)!)),
    rows.map(({ heardAt }) => iso(heardAt)),
  ]);
}

const MAKE_DUE = `
  insert into judge_due (subject, earliest_at, first_heard, last_heard) select s, e, h, h from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as t(s, e, h)
  on conflict (subject) do update set earliest_at = least(judge_due.earliest_at, excluded.earliest_at), last_heard = greatest(judge_due.last_heard, excluded.last_heard)`;

async function writeFleetState(client: Queryable, state: FleetState): Promise<void> {
  await client.query('insert into fleet_rule (state) values ($1) on conflict (single) do update set state = excluded.state', [JSON.stringify(state)]);
}

async function insertQuarantine(client: Queryable, messages: (QuarantinedMessage & { receivedAt: number })[]): Promise<void> {
  await client.query(
    `insert into quarantine (id, received_at, topic, source, reason, detail, bytes, sha256, payload)
     select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::bytea[])
     on conflict (id, received_at) do nothing`,
    [
      messages.map((m) => m.id),
      messages.map((m) => iso(m.receivedAt)),
      messages.map((m) => storable(m.topic)),
      messages.map((m) => m.source),
      messages.map((m) => m.reason),
      messages.map((m) => storable(m.detail)),
      messages.map((m) => m.bytes.length),
      messages.map((m) => createHash('sha256').update(m.bytes).digest('hex')),
      messages.map((m) => m.bytes.subarray(0, QUARANTINE_BYTES)),
    ],
  );
}

/** PostgreSQL stores neither U+0000 nor half a surrogate pair. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd').slice(0, 1_000);
}

function hourOf({ at }: Snapshot): string {
  return iso(Math.floor(at / HOUR_MS) * HOUR_MS);
}

async function upsertSnapshots(client: Queryable, snapshots: Snapshot[]): Promise<void> {
  await client.query(
    `insert into snapshots (subject, hour, at, state) select * from unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::jsonb[])
     on conflict (subject, hour) do update set at = excluded.at, state = excluded.state where snapshots.at <= excluded.at`,
    [
      snapshots.map((s) => s.subject),
      snapshots.map(hourOf),
      snapshots.map((s) => iso(s.at)),
      // The log has the doubted ones; a restart finds them there.
      snapshots.map((s) => JSON.stringify({ ...s.state, doubted: [], shape: STATE_SHAPE, cut: isCut(s.state) })),
    ],
  );
}

async function upsertHauls(client: Queryable, hauls: Entry['hauls']): Promise<void> {
  const optional = (at: number | null) => (at === null ? null : iso(at));
  await client.query(
    `insert into hauls (id, truck_id, company_id, site_id, yard_id, departed_at, arrived_at, unloaded_at, ended_at, ended, distance_km, peak_load_kg, inferred, permit_id, bed_up_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[],
                          $10::text[], $11::float8[], $12::float8[], $13::boolean[], $14::text[], $15::timestamptz[])
     on conflict (id) do update set site_id = excluded.site_id, departed_at = excluded.departed_at, contradicted_at = null, permit_id = excluded.permit_id, yard_id = excluded.yard_id, arrived_at = excluded.arrived_at, unloaded_at = excluded.unloaded_at, ended_at = excluded.ended_at,
       ended = excluded.ended, distance_km = excluded.distance_km, peak_load_kg = excluded.peak_load_kg, inferred = excluded.inferred, bed_up_at = excluded.bed_up_at`,
    [
      hauls.map((h) => h.id),
      hauls.map((h) => h.truckId),
      hauls.map((h) => h.companyId),
      hauls.map((h) => h.siteId),
      hauls.map((h) => h.yardId),
      hauls.map((h) => iso(h.departedAt)),
      hauls.map((h) => optional(h.arrivedAt)),
      hauls.map((h) => optional(h.unloadedAt)),
      hauls.map((h) => optional(h.endedAt)),
      hauls.map((h) => h.ended),
      hauls.map((h) => h.distanceM / 1_000),
      hauls.map((h) => h.peakLoadKg),
      hauls.map((h) => h.inferred),
      hauls.map((h) => h.permitId),
      hauls.map((h) => optional(h.bedUpAt)),
    ],
  );
}
