import type { EvidenceNumbers, Finding, Severity } from './alert.js';
import type { Point } from './report.js';
import { platformOutage } from './rules/platform-outage.js';
import { silentTerminal } from './rules/silent-terminal.js';
import { type EpochMs, MINUTE_MS } from './time.js';

/** So long after the threshold both rules are told, and so near to each other the terminals of an outage fall silent: it is known before anybody is accused. */
const TOGETHER_MS = 2 * MINUTE_MS;
/** Many that are silent for half of the threshold are noticed already: stragglers of an outage that is over soon are not accused. */
const NOTICED_SHARE = 0.5;
/** How many thresholds back it is remembered how many terminals were online. */
const ONLINE_KEPT = 3;

/** What the fleet rule asks of a truck. */
export interface FleetTruck {
  truckId: string;
  plate: string;
  companyId: string;
  /** Newest believed fix time. */
  lastAt: EpochMs;
  /** When anything last came from its terminal, quarantined or doubted included, by the server's clock. */
  heardAt: EpochMs;
  /** As its last report said; null: not said, and never accused. */
  ignition: boolean | null;
  loaded: boolean;
  atWorkPlace: boolean;
  point: Point;
  haulId: string | null;
}

export interface FleetTick {
  at: EpochMs;
  /** Since when our intake is live: broker joined, backlog drained, database writable. While it is not there are no ticks. */
  liveSince: EpochMs;
  /** Every registered truck that was ever heard of; one that is missing has been retired. */
  trucks: Iterable<FleetTruck>;
  limits: FleetLimits;
}

export interface FleetLimits {
  silentTerminal: (typeof silentTerminal)['limits'];
  platformOutage: (typeof platformOutage)['limits'];
}

export const FLEET_LIMITS: FleetLimits = { silentTerminal: silentTerminal.limits, platformOutage: platformOutage.limits };

/** A finding with whom it is about: a truck, or `-` for an outage. */
export interface FleetFinding extends Finding {
  subject: string;
  plate: string | null;
  companyId: string | null;
  haulId: string | null;
}

/** A terminal that is silent, and when it was last heard of: heard again is later than that. */
type Silent = [truckId: string, fellAt: EpochMs];

/** A truck that is accused of its silence, as it was when it fell silent. */
interface Silence extends Omit<FleetTruck, 'heardAt' | 'ignition'> {
  fellAt: EpochMs;
}

/** Terminals that fell silent together. It is an outage, and told, if enough of them still are when a single one would be accused. */
interface Outage {
  told: boolean;
  /** Fix time of the earliest last report of those with which it was told. */
  began: EpochMs;
  point: Point;
  /** How many fell silent, of how many online. */
  terminals: number;
  online: number;
  /** When the first and the last of them fell silent. */
  from: EpochMs;
  to: EpochMs;
  /** Those not heard again. */
  silent: Silent[];
}

/** Plain JSON: the caller keeps it over a restart. */
export interface FleetState {
  tickedAt: EpochMs | null;
  /** Of what was heard last before this we may have missed what came after: nobody is accused of it. Null: of nothing yet. */
  deafUntil: EpochMs | null;
  /** How many terminals with their ignition on were online, by tick. */
  online: [at: EpochMs, terminals: number][];
  silences: Silence[];
  outages: Outage[];
  /** Still silent since an outage that is over, and until when that excuses them; null: as long as this silence lasts. */
  excused: [...Silent, until: EpochMs | null][];
}

export const NEW_FLEET: FleetState = { tickedAt: null, deafUntil: null, online: [], silences: [], outages: [], excused: [] };

/**
 * `silent-terminal` and `platform-outage`, over the fleet at a tick of some 30 s. Silence runs from the latest of what was fixed, what was heard and our own being
 * live. Readings where `rules.md` leaves one open:
 * - Where nobody ticked for longer than the threshold we were deaf: a truck not heard since may have switched off meanwhile, and is not accused.
 * - A terminal that falls silent within 2 min of one of an outage is of the outage, though the 2 min that make it one do not reach so far.
 * - Where an outage is over before it is told nobody is told of it; the silence of those who are not back yet counts from then.
 * - The last report must say that the ignition is on.
 */
export function stepFleet(before: FleetState, tick: FleetTick): { state: FleetState; findings: FleetFinding[] } {
  const silentMs = tick.limits.silentTerminal.silentMin * MINUTE_MS;
  const trucks = new Map<string, FleetTruck>();
  for (const truck of tick.trucks) trucks.set(truck.truckId, truck);

  const findings: FleetFinding[] = [];
  const state: FleetState = {
    tickedAt: tick.at,
    deafUntil: deafUntilNow(before, tick, silentMs),
    online: onlineNow(before.online, tick.at, trucks, silentMs),
    silences: before.silences.filter((silence) => !endSilence(silence, trucks, tick.at, findings)),
    ...recover(before, trucks, tick.at, silentMs, findings),
  };
  return { state: fallSilent(state, trucks, tick, silentMs, findings), findings };
}

/** When anything of a truck was known last. */
function knownAt({ lastAt, heardAt }: FleetTruck): EpochMs {
  return Math.max(lastAt, heardAt);
}

/** After a restart less may be remembered of when a truck was heard: only later than known is heard again. */
function isStillSilent([truckId, fellAt]: Silent, trucks: ReadonlyMap<string, FleetTruck>): boolean {
  const truck = trucks.get(truckId);
  return truck !== undefined && knownAt(truck) <= fellAt;
}

function deafUntilNow({ tickedAt, deafUntil }: FleetState, { at, liveSince }: FleetTick, silentMs: number): EpochMs | null {
  if (tickedAt === null) return liveSince;
  const awakeAt = liveSince > tickedAt ? liveSince : at;
  return awakeAt - tickedAt > silentMs ? awakeAt : deafUntil;
}

function onlineNow(before: FleetState['online'], at: EpochMs, trucks: ReadonlyMap<string, FleetTruck>, silentMs: number): FleetState['online'] {
  let terminals = 0;
  for (const truck of trucks.values()) if (truck.ignition === true && at - knownAt(truck) < silentMs) terminals++;
  return [...before.filter(([time]) => at - time <= ONLINE_KEPT * silentMs), [at, terminals]];
}

/** How many were online when these fell silent: by the first tick after it, at which they still counted as heard. */
function onlineAt(online: FleetState['online'], fellAt: EpochMs): number {
  return (online.find(([time]) => time >= fellAt) ?? online.at(-1)!)[1];
}

function endSilence(silence: Silence, trucks: ReadonlyMap<string, FleetTruck>, at: EpochMs, findings: FleetFinding[]): boolean {
  if (isStillSilent([silence.truckId, silence.fellAt], trucks)) return false;
  const truck = trucks.get(silence.truckId);
  const heardAt = truck === undefined ? at : truck.heardAt > silence.fellAt ? truck.heardAt : truck.lastAt;
  findings.push(silenceFinding(silence, at, Math.max(silence.lastAt, heardAt), false));
  return true;
}

/** Outages without those heard again; where that is half of them it is over. */
function recover(
  before: FleetState,
  trucks: ReadonlyMap<string, FleetTruck>,
  at: EpochMs,
  silentMs: number,
  findings: FleetFinding[],
): Pick<FleetState, 'outages' | 'excused'> {
  const excused = before.excused.filter(([truckId, fellAt]) => isStillSilent([truckId, fellAt], trucks));
  const outages: Outage[] = [];
  for (const known of before.outages) {
    const outage = { ...known, silent: known.silent.filter((silent) => isStillSilent(silent, trucks)) };
    if (outage.silent.length * 2 > outage.terminals) {
      outages.push(outage);
      continue;
    }
    if (outage.told) findings.push(outageFinding(outage, at, at, false));
    excused.push(...excuse(outage, at, silentMs));
  }
  return { outages, excused };
}

function excuse({ told, silent }: Outage, at: EpochMs, silentMs: number): FleetState['excused'] {
  return silent.map(([truckId, fellAt]) => [truckId, fellAt, told ? null : at + silentMs + TOGETHER_MS]);
}

/** Whoever has become silent: together with many others, or accused of it. */
function fallSilent(state: FleetState, trucks: ReadonlyMap<string, FleetTruck>, tick: FleetTick, silentMs: number, findings: FleetFinding[]): FleetState {
  const silentFor = (truck: FleetTruck) => tick.at - Math.max(knownAt(truck), tick.liveSince);
  const known = knownSilent(state, tick.at);
  const quiet = [...trucks.values()].filter(
    (truck) => truck.ignition === true && silentFor(truck) >= silentMs * NOTICED_SHARE && knownAt(truck) >= state.deafUntil! && !known.has(truck.truckId),
  );
  quiet.sort((a, b) => knownAt(a) - knownAt(b) || (a.truckId < b.truckId ? -1 : 1));

  const joined = joinOutages(state.outages, quiet, tick.at, findings);
  const groups = together(joined.rest, state.online, tick.limits.platformOutage);
  const grouped = new Set(groups.flat());
  const fresh = joinOutages(
    groups.map((group) => outageOf(group, state.online)),
    joined.rest.filter((truck) => !grouped.has(truck)),
    tick.at,
    findings,
  );
  const told = tellOutages([...joined.outages, ...fresh.outages], trucks, tick, silentMs, findings);

  const due = fresh.rest.filter((truck) => silentFor(truck) >= silentMs + TOGETHER_MS);
  const accused = due.map(({ heardAt, ignition: _on, ...truck }): Silence => ({ ...truck, fellAt: Math.max(truck.lastAt, heardAt) }));
  for (const silence of accused) findings.push(silenceFinding(silence, tick.at, null, true));
  return { ...state, silences: [...state.silences, ...accused], outages: told.outages, excused: [...state.excused, ...told.excused] };
}

function knownSilent({ silences, outages, excused }: FleetState, at: EpochMs): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { truckId } of silences) known.add(truckId);
  for (const { silent } of outages) for (const [truckId] of silent) known.add(truckId);
  for (const [truckId, , until] of excused) if (until === null || at < until) known.add(truckId);
  return known;
}

/** Runs of terminals (in order of when they fell silent) in which enough of those online did so within 2 min of each other. */
function together(quiet: readonly FleetTruck[], online: FleetState['online'], limits: FleetLimits['platformOutage']): FleetTruck[][] {
  const groups: FleetTruck[][] = [];
  let taken = 0;
  for (let first = 0, end = 0; first < quiet.length; first++) {
    while (end < quiet.length && knownAt(quiet[end]!) - knownAt(quiet[first]!) <= TOGETHER_MS) end++;
    if (!isEnough(end - first, onlineAt(online, knownAt(quiet[end - 1]!)), limits)) continue;
    if (first < taken) groups.at(-1)!.push(...quiet.slice(taken, end));
    else groups.push(quiet.slice(first, end));
    taken = end;
  }
  return groups;
}

function isEnough(terminals: number, online: number, { outageMin, outageShare }: FleetLimits['platformOutage']): boolean {
  return terminals >= outageMin && terminals >= outageShare * online;
}

function outageOf(group: readonly FleetTruck[], online: FleetState['online']): Outage {
  const silent = group.map((truck): Silent => [truck.truckId, knownAt(truck)]);
  const [from, to] = [silent[0]![1], silent.at(-1)![1]];
  return { told: false, ...beginningOf(group), terminals: group.length, online: onlineAt(online, to), from, to, silent };
}

/** Where and when: the middle of them, and the earliest last report. */
function beginningOf(group: readonly FleetTruck[]): Pick<Outage, 'began' | 'point'> {
  const mean = (of: 0 | 1) => group.reduce((sum, { point }) => sum + point[of], 0) / group.length;
  return { began: group.reduce((earliest, { lastAt }) => Math.min(earliest, lastAt), Infinity), point: [mean(0), mean(1)] };
}

/** Takes those into an outage that fell silent within 2 min of one of it. */
function joinOutages(
  outages: readonly Outage[],
  quiet: readonly FleetTruck[],
  at: EpochMs,
  findings: FleetFinding[],
): { outages: Outage[]; rest: FleetTruck[] } {
  const rest = new Set(quiet);
  const grown = outages.map((before) => {
    const outage = { ...before, silent: [...before.silent] };
    // Forth in order of time and back again: each may bring the next within reach.
    for (const truck of [...rest, ...[...rest].reverse()]) {
      const fellAt = knownAt(truck);
      if (!rest.has(truck) || fellAt < outage.from - TOGETHER_MS || fellAt > outage.to + TOGETHER_MS) continue;
      rest.delete(truck);
      outage.silent.push([truck.truckId, fellAt]);
      outage.terminals++;
      outage.from = Math.min(outage.from, fellAt);
      outage.to = Math.max(outage.to, fellAt);
    }
    if (outage.terminals === before.terminals) return before;
    if (outage.told) findings.push(outageFinding(outage, at, null, false));
    return outage;
  });
  return { outages: grown, rest: [...rest] };
}

/** 2 min after the threshold: what is still enough is an outage, what is not excuses the rest for a while. */
function tellOutages(
  outages: readonly Outage[],
  trucks: ReadonlyMap<string, FleetTruck>,
  { at, liveSince, limits }: FleetTick,
  silentMs: number,
  findings: FleetFinding[],
): Pick<FleetState, 'outages' | 'excused'> {
  const excused: FleetState['excused'] = [];
  const kept = outages.flatMap((outage): Outage[] => {
    if (outage.told || at - Math.max(outage.from, liveSince) < silentMs + TOGETHER_MS) return [outage];
    if (!isEnough(outage.silent.length, outage.online, limits.platformOutage)) {
      excused.push(...excuse(outage, at, silentMs));
      return [];
    }
    const told = { ...outage, ...beginningOf(outage.silent.map(([truckId]) => trucks.get(truckId)!)), told: true, terminals: outage.silent.length };
    findings.push(outageFinding(told, at, null, true));
    return [told];
  });
  return { outages: kept, excused };
}

function silenceFinding(silence: Silence, at: EpochMs, ended: EpochMs | null, opened: boolean): FleetFinding {
  const { truckId, plate, companyId, haulId, lastAt, point, loaded, atWorkPlace } = silence;
  const lastedMs = (ended ?? at) - lastAt;
  const evidence = { durationS: Math.round(lastedMs / 1_000), silentMin: Math.round(lastedMs / MINUTE_MS), loaded, atWorkPlace };
  const severity = loaded && !atWorkPlace ? 'serious' : silentTerminal.severity;
  return { ...finding(silentTerminal.code, { began: lastAt, ended, at, opened, point, severity, evidence }), subject: truckId, plate, companyId, haulId };
}

function outageFinding({ began, point, terminals, online, silent }: Outage, at: EpochMs, ended: EpochMs | null, opened: boolean): FleetFinding {
  const evidence = {
    durationS: Math.round(((ended ?? at) - began) / 1_000),
    terminals,
    online: Math.max(terminals, online),
    sharePct: Math.round((100 * terminals) / Math.max(terminals, online)),
    heardAgain: terminals - silent.length,
  };
  const { code, severity } = platformOutage;
  return { ...finding(code, { began, ended, at, opened, point, severity, evidence }), subject: '-', plate: null, companyId: null, haulId: null };
}

function finding(
  rule: Finding['rule'],
  found: { began: EpochMs; ended: EpochMs | null; at: EpochMs; opened: boolean; point: Point; severity: Severity; evidence: EvidenceNumbers },
): Finding {
  return { rule, scope: '-', placeId: null, ...found };
}
