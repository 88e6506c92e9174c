import { alertId, type Finding, type RuleCode } from './alert.js';
import { askingOf, type MomentOf, type Way } from './asking.js';
import type { Haul, HaulState } from './haul.js';
import type { AnyRule } from './rules/index.js';
import type { Incident, OpenEpisode, TruckState } from './state.js';
import { type EpochMs, HOUR_MS, MINUTE_MS } from './time.js';
import type { World } from './world.js';

const INCIDENT_GAP_MS = 2 * HOUR_MS;
/** A gate camera sees a truck leave before its reports have it outside, where its haul begins: clocks, a report's interval and the site's verge lie between. */
const DEPARTURE_MS = 2 * MINUTE_MS;
const DEPARTURES: readonly RuleCode[] = ['unwashed-departure', 'uncovered-departure'];

/** A finding with the alert it is, the incident it belongs to and the haul it was found in. */
export interface PlacedFinding extends Finding {
  id: string;
  incident: string;
  haulId: string | null;
  /** The site that the haul's load came from; null: no haul, or from no site. */
  siteId: string | null;
}

/** What the rules make of one episode, by its last finding; haul, its site, incident and point as they were when it opened. */
export interface FoundAlert extends PlacedFinding {
  /** Event time of the moment that opened it. */
  foundAt: EpochMs;
}

/** Rules that threw: each keeps its old state and the others go on. */
export type Faults = { rule: RuleCode; error: unknown }[];

/** Asks each rule that has something to say of such a moment, one after the other; what they find is dated `at`. Rules that have `told` already are not asked. */
export function stepRules<W extends Way>(
  way: W,
  before: TruckState['byRule'],
  moment: MomentOf<W>,
  { rules, world, at, told = NOBODY }: { rules: readonly AnyRule[]; world: World; at: EpochMs; told?: readonly RuleCode[] },
): { byRule: TruckState['byRule']; findings: Finding[]; faults: Faults } {
  const asking = askingOf(way, rules);
  const states = asking.statesOf(before);
  let byRule = before;
  let findings = NONE;
  let faults = NO_FAULTS;
  for (let i = 0; i < states.length; i++) {
    const { code, limits, ask } = asking.asked[i]!;
    const old = states[i];
    if (old === undefined || told.includes(code)) continue;
    try {
      const { state, findings: found } = ask(old, moment, world.limits(code, limits));
      if (state !== old) {
        if (byRule === before) byRule = { ...before };
        byRule[code] = state;
      }
      if (found.length > 0) findings = [...findings, ...found.map((one): Finding => ({ ...one, rule: code, at }))];
    } catch (error) {
      faults = [...faults, { rule: code, error }];
    }
  }
  return { byRule, findings, faults };
}

const NOBODY: readonly RuleCode[] = [];
const NONE: Finding[] = [];
const NO_FAULTS: Faults = [];
const NONE_PLACED: PlacedFinding[] = [];

/**
 * Gives findings their alert and their incident. The alert of an open episode keeps its id; an incident is the alerts of one haul and of the departure that
 * it began with, else of one truck with gaps of at most two hours.
 */
export function placed(
  before: Pick<TruckState, 'incident' | 'episodes'>,
  findings: readonly Finding[],
  { at, subject, haul, last }: { at: EpochMs; subject: string; haul: Haul | null; last: HaulState['last'] },
): { incident: TruckState['incident']; episodes: OpenEpisode[]; findings: PlacedFinding[] } {
  if (findings.length === 0) return { incident: before.incident, episodes: before.episodes, findings: NONE_PLACED };
  let { incident, episodes } = before;
  const result = findings.map((finding): PlacedFinding => {
    const known = episodes.find((episode) => isOf(episode, finding));
    const found = placedOf(finding, known?.id ?? alertId(finding.rule, subject, finding.scope, finding.began));
    if (finding.ended !== null) episodes = known ? episodes.filter((episode) => episode !== known) : episodes;
    else if (known) episodes = episodes.map((episode) => (episode === known ? grown(known, finding) : episode));
    else episodes = [...episodes, opening(found)];
    return found;
  });
  return { incident, episodes, findings: result };

  function placedOf(finding: Finding, id: string): PlacedFinding {
    // A load that is tipped is gone before the tipping has held: it began during the haul that it ended.
    const ofLast = last !== null && finding.began >= last.departedAt && finding.began <= last.endedAt;
    const during = ofLast ? last : haul;
    if (during !== null) return { ...finding, id, incident: ledTo(incident, during) ? incident!.id : during.id, haulId: during.id, siteId: during.siteId };
    const leavingAt = DEPARTURES.includes(finding.rule) ? at : undefined;
    const goesOn = incident !== null && isOneWith(incident, { at, leavingAt, last });
    const left = leavingAt ?? (goesOn ? incident!.leavingAt : undefined);
    incident = { id: goesOn ? incident!.id : `${subject}:${finding.began}`, lastAt: at, ...(left !== undefined && { leavingAt: left }) };
    return { ...finding, id, incident: incident.id, haulId: null, siteId: null };
  }
}

/** What a departure led to is no part of what came before it, and a haul's incident ends with the haul. */
function isOneWith(incident: Incident, { at, leavingAt, last }: { at: EpochMs; leavingAt: EpochMs | undefined; last: HaulState['last'] }): boolean {
  if (leavingAt !== undefined) return incident.leavingAt !== undefined && leavingAt - incident.leavingAt <= DEPARTURE_MS;
  return at - incident.lastAt <= INCIDENT_GAP_MS && !(last !== null && ledTo(incident, last));
}

/** The haul is the one that began with the departure of this incident. */
function ledTo(incident: TruckState['incident'], { departedAt, endedAt }: Pick<Haul, 'departedAt' | 'endedAt'>): boolean {
  const leavingAt = incident?.leavingAt;
  return leavingAt !== undefined && leavingAt >= departedAt - DEPARTURE_MS && leavingAt <= (endedAt ?? Infinity);
}

function opening({ ended: _ended, opened: _opened, ...found }: PlacedFinding): OpenEpisode {
  return { ...found, foundAt: found.at };
}

function grown(known: OpenEpisode, { at, severity, placeId, evidence }: Finding): OpenEpisode {
  return { ...known, at, severity, placeId, evidence };
}

function isOf(episode: OpenEpisode, { rule, scope, began }: Finding): boolean {
  return episode.rule === rule && episode.scope === scope && episode.began === began;
}
