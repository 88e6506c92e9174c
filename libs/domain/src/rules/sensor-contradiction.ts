import type { EvidenceNumbers } from '../alert.js';
import { type EpisodeState, type Facts, noEpisode, NONE } from '../episode.js';
import type { Found, Rule, Sentence, Stepped } from '../rule.js';
import { DAY_MS, type EpochMs } from '../time.js';
import { stepUnraisedBed, type Unloading } from './sensor-contradiction/bed.js';
import { stepBedWord } from './sensor-contradiction/bed-word.js';
import { coverContradicted } from './sensor-contradiction/camera.js';
import { type Contradiction, CONTRADICTIONS, type ContradictionKind } from './sensor-contradiction/contradiction.js';
import { stepIgnition } from './sensor-contradiction/ignition.js';
import { stepStuckLoad, type Trip } from './sensor-contradiction/load.js';
import { type Standing, stepStill } from './sensor-contradiction/still.js';
import { metres, tonnes } from './say.js';

const limits = { seriousCount: 3, seriousDays: 7 };

interface State {
  load: Trip | null;
  bed: Unloading | null;
  ignition: EpisodeState<Facts>;
  still: Standing | null;
  word: EpisodeState<Facts>;
  /** When each kind was found in the last days, as many as it takes. */
  told: Partial<Record<ContradictionKind, EpochMs[]>>;
}

/** Sensors that cannot both be right: a fault or a cheat, each kind by itself. Serious at the third of one kind in 7 days: a truck with three faults is not yet a cheat. */
export const sensorContradiction: Rule<State, typeof limits> = {
  code: 'sensor-contradiction',
  name: { zh: '传感器存疑', en: 'A sensor says the impossible' },
  description: {
    zh: '传感器之间相互矛盾：摄像机看到敞开而终端报密闭、载重不变、卸空未举斗、熄火行驶、里程增加而位置不动、举斗角度与状态不符。',
    en: 'Sensors contradict each other: open for a camera and closed for the terminal, a load that never changes, emptied with the bed down, driving with the ignition off, an odometer that runs on the spot, angle and word of the bed apart.',
  },
  severity: 'minor',
  limits,
  start: { load: null, bed: null, ignition: noEpisode(), still: null, word: noEpisode(), told: {} },
  step(before, moment, rule) {
    const load = stepStuckLoad(before.load, moment);
    const bed = stepUnraisedBed(before.bed, moment);
    const ignition = stepIgnition(before.ignition, moment);
    const still = stepStill(before.still, moment);
    const word = stepBedWord(before.word, moment);
    const same = load.state === before.load && bed.state === before.bed && ignition.state === before.ignition && still.state === before.still;
    const found = load.found ?? bed.found ?? ignition.found ?? still.found ?? word.found;
    if (same && word.state === before.word && found === null) return { state: before, findings: NONE };
    const state: State = { load: load.state, bed: bed.state, ignition: ignition.state, still: still.state, word: word.state, told: before.told };
    return found === null ? { state, findings: NONE } : tell(state, [load.found, bed.found, ignition.found, still.found, word.found], rule);
  },
  see(state, moment, rule) {
    const found = coverContradicted(moment);
    return found === null ? { state, findings: NONE } : tell(state, [found], rule);
  },
  say: (evidence) => SAY[CONTRADICTIONS.find((kind) => kind === evidence.kind) ?? 'camera'](evidence),
};

function tell(before: State, contradictions: (Contradiction | null)[], { seriousCount, seriousDays }: typeof limits): Stepped<State> {
  let { told } = before;
  const findings: Found[] = [];
  for (const found of contradictions) {
    if (found === null) continue;
    const { kind, began, point, placeId, evidence } = found;
    const lately = (told[kind] ?? []).filter((at) => Math.abs(began - at) <= seriousDays * DAY_MS);
    const count = lately.length + 1;
    told = { ...told, [kind]: [...lately, began].slice(1 - seriousCount) };
    const severity = count >= seriousCount ? 'serious' : 'minor';
    findings.push({ scope: kind, began, point, ended: began, opened: true, severity, placeId, evidence: { kind, count, ...evidence } });
  }
  return { state: { ...before, told }, findings };
}

const SAY: Record<ContradictionKind, (evidence: EvidenceNumbers) => Sentence> = {
  camera: ({ confidencePercent, beforeS, afterS }) => ({
    zh: `摄像机看到未覆盖（可信度 ${confidencePercent}%），终端在 ${beforeS} s 前和 ${afterS} s 后均报密闭`,
    en: `was seen uncovered (confidence ${confidencePercent} %) while its terminal said closed ${beforeS} s before and ${afterS} s after`,
  }),
  load: ({ leastKg, mostKg, heldS }) => ({
    zh: `从进工地到消纳场 ${minutes(heldS)} 分钟内载重始终为 ${tonnes(leastKg)}–${tonnes(mostKg)}`,
    en: `said ${tonnes(leastKg)}–${tonnes(mostKg)} of its load from the site to the yard for ${minutes(heldS)} min`,
  }),
  bed: ({ startLoadKg, loadKg }) => ({
    zh: startLoadKg === null ? '在消纳场卸空而从未举斗' : `在消纳场载重由 ${tonnes(startLoadKg)} 降至 ${tonnes(loadKg)} 而从未举斗`,
    en: `was emptied at a yard${startLoadKg === null ? '' : ` from ${tonnes(startLoadKg)} to ${tonnes(loadKg)}`} with its bed never raised`,
  }),
  ignition: ({ heldS, distanceM }) => ({
    zh: `报熄火而行驶 ${heldS} s、${metres(distanceM)}`,
    en: `drove ${metres(distanceM)} in ${heldS} s with its ignition said to be off`,
  }),
  still: ({ odometerGrewKm, heldS }) => ({
    zh: `里程增加 ${odometerGrewKm} km 而位置 ${minutes(heldS)} 分钟未动`,
    en: `ran up ${odometerGrewKm} km on its odometer in ${minutes(heldS)} min without moving`,
  }),
  'bed-word': ({ heldS }) => ({
    zh: `举斗角度与状态不符达 ${heldS} s`,
    en: `said one thing by its bed's angle and another by its word for ${heldS} s`,
  }),
};

function minutes(seconds: EvidenceNumbers[string] | undefined): number {
  return Math.round(Number(seconds) / 60);
}
