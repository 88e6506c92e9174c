import type { LabAlert, LabBody, LabRun, RuleCode, RuleResource } from '@muckwatch/contract';
import { unitOf } from '../alerts/measures.js';
import { cityInstant } from '../app/cityTime.js';
import { plateKey } from '../app/plate.js';

export type RuleMap = ReadonlyMap<string, RuleResource>;
/** Limits by rule and name. */
export type Tried = Partial<Record<RuleCode, Record<string, number>>>;

/** What somebody is about to ask: as the fields of the page hold it. */
export interface Draft {
  /** Empty: every rule. */
  rules: RuleCode[];
  tried: Tried;
  /** Empty: every truck. */
  truckIds: string[];
  /** `2026-11-23T21:04` on the city's clock. */
  from: string;
  to: string;
}

/** One number that differs from what is in force. */
export interface LimitChange {
  rule: RuleCode;
  name: string;
  was: number;
  becomes: number;
}

/** What the tried limits change, in the order of the rules; numbers that are as they were are no change. */
export function changesOf(tried: Tried, rules: RuleMap): LimitChange[] {
  return [...rules.values()].flatMap(({ code, limits }) =>
    Object.entries(tried[code] ?? {}).flatMap(([name, becomes]) => {
      const was = limits[name];
      return was === undefined || was === becomes ? [] : [{ rule: code, name, was, becomes }];
    }),
  );
}

/** Why it cannot be asked yet; null: it can. */
export type Fault = 'times' | 'order' | 'long';
const LONGEST_MS = 31 * 86_400_000;

export function faultOf({ from, to }: Draft, zone: string): Fault | null {
  const [begin, end] = [cityInstant(from, zone), cityInstant(to, zone)];
  if (begin === null || end === null) return 'times';
  if (begin >= end) return 'order';
  return end - begin > LONGEST_MS ? 'long' : null;
}

/** As the server wants it: only limits that differ, and only of rules that are judged. */
export function bodyOf(draft: Draft, rules: RuleMap, zone: string): LabBody {
  const limits: LabBody['limits'] = {};
  for (const { rule, name, becomes } of changesOf(draft.tried, rules)) {
    if (draft.rules.length === 0 || draft.rules.includes(rule)) (limits[rule] ??= {})[name] = becomes;
  }
  const iso = (text: string) => new Date(cityInstant(text, zone)!).toISOString();
  return { from: iso(draft.from), to: iso(draft.to), limits, rules: draft.rules, truckIds: draft.truckIds };
}

/** What to send for each rule to make a run's limits the city's: all of a rule's limits, since those left out would fall back to the defaults. */
export function limitsToSave(tried: Tried, rules: RuleMap): { rule: RuleCode; limits: Record<string, number> }[] {
  const changed = [...new Set(changesOf(tried, rules).map(({ rule }) => rule))];
  return changed.map((rule) => ({ rule, limits: { ...rules.get(rule)!.limits, ...tried[rule] } }));
}

export interface LabFilter {
  /** Empty: all. */
  changes: LabAlert['change'][];
  rules: RuleCode[];
  plate: string;
}
export const NO_LAB_FILTER: LabFilter = { changes: [], rules: [], plate: '' };

export function passesLab(alert: LabAlert, { changes, rules, plate }: LabFilter): boolean {
  if (changes.length > 0 && !changes.includes(alert.change)) return false;
  if (rules.length > 0 && !rules.includes(alert.rule)) return false;
  return plateKey(alert.truck.plate).includes(plateKey(plate));
}

const DIFFERING_FIRST: LabAlert['change'][] = ['gained', 'lost', 'kept'];

/** What differs first, then the newest. */
export function inOrder(alerts: readonly LabAlert[]): LabAlert[] {
  return [...alerts].sort((a, b) => DIFFERING_FIRST.indexOf(a.change) - DIFFERING_FIRST.indexOf(b.change) || (a.began < b.began ? 1 : -1));
}

export type Counts = Record<LabAlert['change'], number>;

export function totalOf(counts: readonly Counts[]): Counts {
  const total = { kept: 0, gained: 0, lost: 0 };
  for (const { kept, gained, lost } of counts) {
    total.kept += kept;
    total.gained += gained;
    total.lost += lost;
  }
  return total;
}

/** Rules that found anything under either limits, those with most difference first. */
export function countsToShow(counts: LabRun['counts']): LabRun['counts'] {
  return counts.filter(({ kept, gained, lost }) => kept + gained + lost > 0).sort((a, b) => b.gained + b.lost - (a.gained + a.lost) || b.kept - a.kept);
}

/** How far a run is, 0…1; a run without trucks is done. */
export function progressOf({ state, progress }: Pick<LabRun, 'state' | 'progress'>): number {
  if (state === 'done' || progress.trucks === 0) return 1;
  return progress.trucksDone / progress.trucks;
}

/** A found alert has no id of its own. */
export const keyOf = (alert: LabAlert): string => `${alert.change} ${alert.rule} ${alert.truck.id} ${alert.began} ${alert.position.lat}`;

/** Floats that were multiplied by a hundred show their last digits. */
export const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;

/** How a limit is typed: shares in percent, everything else in its own unit. */
export function typed(name: string): { factor: number; step: number } {
  const unit = unitOf(name);
  if (unit === 'share') return { factor: 100, step: 1 };
  if (unit === 'kg') return { factor: 1, step: 100 };
  return { factor: 1, step: /(^c|C)onfidence$/.test(name) ? 0.05 : unit === 'm' ? 10 : 1 };
}
