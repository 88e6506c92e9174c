import { type Haul, NEW_TRUCK, type Report, RULES, take, type TruckState } from '@muckwatch/domain';
import type { Truth } from '../../apps/simulator/src/index.js';
import type { Database } from '../../apps/server/src/db/database.js';
import type { FleetService } from '../../apps/server/src/fleet/fleet.service.js';
import { keyOf } from './night.js';

/** A deed is over when its end is heard of: the next report but one. */
const HEARD_LATER_MS = 30_000;

/** What one pass over the reports finds, in the order given, without any server, restart or repetition. */
export interface Expected {
  states: Map<string, TruckState>;
  /** By id: what its row must say. */
  alerts: Map<string, AlertFacts>;
  hauls: Map<string, HaulFacts>;
}

export interface AlertFacts {
  id: string;
  rule: string;
  truck: string;
  began: number;
  ended: number | null;
  severity: string;
  haul: string | null;
  incident: string;
  evidence: Record<string, unknown>;
}

type HaulFacts = Pick<Haul, 'id' | 'siteId' | 'yardId' | 'departedAt' | 'arrivedAt' | 'unloadedAt' | 'endedAt' | 'ended' | 'peakLoadKg'>;

export function judged(reports: Iterable<Report>, fleet: FleetService): Expected {
  const expected: Expected = { states: new Map(), alerts: new Map(), hauls: new Map() };
  for (const report of reports) {
    const truck = fleet.truckOf(report.source, report.at)!;
    const taken = take(expected.states.get(truck.id) ?? NEW_TRUCK, report, { truck, worlds: fleet.worlds, rules: RULES });
    if ('state' in taken) expected.states.set(truck.id, taken.state);
    for (const { findings, haul } of taken.kind === 'believed' ? taken.steps : []) {
      if (haul) expected.hauls.set(haul.id, haul);
      for (const { id, rule, began, ended, severity, haulId, incident, evidence } of findings) {
        const opened = expected.alerts.get(id) ?? { haul: haulId, incident };
        expected.alerts.set(id, { id, rule, truck: truck.id, began, ended, severity, haul: opened.haul, incident: opened.incident, evidence });
      }
    }
  }
  return expected;
}

/** Everything in which the tables differ from what was sent and from what one undisturbed pass finds; none is the proof. */
export async function mismatches(database: Database, reports: Map<string, Report>, expected: Expected): Promise<string[]> {
  const wrong: string[] = [];
  const stored = new Map<string, number>();
  const { rows } = await database.query<{ source: string; at: Date; digest: string; late: boolean }>('select source, at, digest, late from reports');
  for (const row of rows) {
    const key = keyOf({ ...row, at: row.at.getTime() });
    stored.set(key, (stored.get(key) ?? 0) + 1);
    if (row.late) wrong.push(`report ${key} is late`);
  }
  for (const key of reports.keys()) if (!stored.has(key)) wrong.push(`report ${key} is missing`);
  for (const [key, times] of stored) {
    if (times > 1) wrong.push(`report ${key} is there ${times} times`);
    if (!reports.has(key)) wrong.push(`report ${key} was never sent`);
  }
  const due = await database.query<{ subject: string }>('select subject from judge_due');
  for (const { subject } of due.rows) wrong.push(`truck ${subject} is due to be judged again, though nothing came late`);

  wrong.push(...difference('alert', expected.alerts, await storedAlerts(database)));
  wrong.push(...difference('haul', expected.hauls, await storedHauls(database)));
  return wrong;
}

/** Every deed has exactly one alert of its rule and truck at its time, and no alert is without a deed. What went on when the day ended may not have been found yet. */
export function untrue(truth: Truth[], alerts: Map<string, AlertFacts>): string[] {
  const meets = (alert: AlertFacts, deed: Truth) =>
    alert.rule === deed.rule && alert.truck === deed.truckId && alert.began <= deed.to + HEARD_LATER_MS && (alert.ended ?? Infinity) >= deed.from;
  const wrong: string[] = [];
  for (const deed of truth) {
    const found = [...alerts.values()].filter((alert) => meets(alert, deed)).map(({ id }) => id);
    const fits = found.length === 1 || (found.length === 0 && (deed.unfinished || deed.heard === 0));
    if (!fits) wrong.push(`${deed.truckId} did ${deed.rule} (${deed.note}) from ${iso(deed.from)} to ${iso(deed.to)}: alerts ${JSON.stringify(found)}`);
  }
  for (const alert of alerts.values()) {
    if (!truth.some((deed) => meets(alert, deed))) wrong.push(`alert ${alert.id} (${iso(alert.began)}) is of nothing that anybody did`);
  }
  return wrong;
}

export async function storedAlerts(database: Database): Promise<Map<string, AlertFacts>> {
  const { rows } = await database.query<Omit<AlertFacts, 'began' | 'ended'> & { began: Date; ended: Date | null }>(
    'select id, rule, truck_id as truck, began, ended, severity, haul_id as haul, incident, evidence from alerts order by began, id',
  );
  return new Map(rows.map((row) => [row.id, { ...row, began: row.began.getTime(), ended: row.ended?.getTime() ?? null }]));
}

async function storedHauls(database: Database): Promise<Map<string, HaulFacts>> {
  const at = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
  const { rows } = await database.query<HaulFacts>(
    `select id, site_id as "siteId", yard_id as "yardId", ${at('departed_at')} as "departedAt", ${at('arrived_at')} as "arrivedAt",
            ${at('unloaded_at')} as "unloadedAt", ${at('ended_at')} as "endedAt", ended, peak_load_kg as "peakLoadKg" from hauls`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function difference<T extends object>(what: string, expected: Map<string, T>, stored: Map<string, T>): string[] {
  const wrong: string[] = [];
  for (const [id, row] of stored) {
    const should = expected.get(id);
    if (!should) wrong.push(`${what} ${id} should not be there`);
    else if (textOf(row, row) !== textOf(should, row)) wrong.push(`${what} ${id} says ${textOf(row, row)}, not ${textOf(should, row)}`);
  }
  for (const id of expected.keys()) if (!stored.has(id)) wrong.push(`${what} ${id} is missing`);
  return wrong;
}

/** As JSON with sorted keys, only those that `like` has. */
function textOf(value: object, like: object): string {
  return canonical(Object.fromEntries(Object.keys(like).map((key) => [key, (value as Record<string, unknown>)[key] ?? null])));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
