import type { AlertDetail } from '@muckwatch/contract';
import { plateWords } from '../app/plate.js';
import { spanWords } from '../app/time.js';
import type { Words } from '../i18n/zh.js';
import { type Facts, factsOf } from './facts.js';
import { type Measured, measureName, measureWords, metres, tonnes, valueWord } from './measures.js';

export interface FactRow {
  label: string;
  value: string;
  /** It is what the alert is about: shown in the severity's colour. */
  hot: boolean;
}

/** What a fact needs to know of the city: how an instant is said, and what a place, route or camera is called. */
export interface Telling {
  words: Words;
  clock: (at: number) => string;
  nameOf: (id: string) => string | null;
}

/** The facts that decide, each with its unit: the haul's, those read from the track, then all else that the rule measured, whatever its name. */
export function factRows(detail: AlertDetail, now: number, telling: Telling): FactRow[] {
  const t = telling.words;
  const facts = factsOf(detail, now);
  const row = (label: string, value: string, hot = false): FactRow => ({ label, value, hot });
  const heard = detail.series.some((point) => point.doubt === null);
  return [
    ...haulRows(detail, t, row),
    row(t.detail.when, telling.clock(Date.parse(detail.began))),
    // What holds at one instant (a camera's sighting) lasted no time.
    ...(facts.ongoing || facts.lastedMs > 0 ? [row(t.detail.lasted, spanWords(facts.lastedMs, t), facts.ongoing && detail.severity !== 'minor')] : []),
    ...(heard ? trackRows(facts, detail.evidence, t, row) : []),
    ...evidenceRows(detail, heard ? SAID_BY_TRACK : SAID_BY_TIME, telling),
    row(t.detail.place, placeText(detail, t)),
  ];
}

type Row = (label: string, value: string, hot?: boolean) => FactRow;

/** A truck without a known haul has none of these: nothing is shown rather than dashes. */
function haulRows({ haul }: AlertDetail, t: Words, row: Row): FactRow[] {
  if (!haul) return [];
  return [
    row(t.detail.site, haul.site?.name ?? t.none),
    row(t.detail.yard, haul.yard?.name ?? t.none),
    ...(haul.permitId ? [row(t.detail.permit, haul.permitId)] : []),
  ];
}

function trackRows(facts: Facts, evidence: AlertDetail['evidence'], t: Words, row: Row): FactRow[] {
  const bedUp = facts.bed === 'raised' || (facts.bedDeg ?? 0) >= 10;
  return [
    row(t.detail.load, lossText(evidence, t) ?? loadText(facts, t)),
    row(t.detail.speed, facts.topSpeedKmh === null ? t.notSaid : `${Math.round(facts.topSpeedKmh)} ${t.unit.kmh}`),
    row(t.detail.coverBed, coverBedText(facts, t), facts.cover === 'open' || bedUp),
  ];
}

/** Evidence that the rows above already say. */
const SAID_BY_TIME = new Set(['durationS', 'lastedS', 'lastedMs']);
const SAID_BY_TRACK = new Set([...SAID_BY_TIME, 'maxSpeedKmh', 'topSpeedKmh', 'loadKg', 'startLoadKg', 'loadFromKg', 'loadToKg', 'maxBedDeg', 'bedAngleDeg']);

function evidenceRows({ evidence, rule }: AlertDetail, said: ReadonlySet<string>, telling: Telling): FactRow[] {
  return Object.entries(evidence)
    .filter(([name, value]) => value !== null && value !== '' && !said.has(name))
    .map(([name, value]) => ({ label: measureName(name, telling.words, rule), value: evidenceWords(name, value, telling, rule), hot: false }));
}

/** A measured value in words: plates as they are painted, ids by the name of what they mean, numbers with their unit. */
export function evidenceWords(name: string, value: Measured, { words, clock, nameOf }: Telling, rule?: string): string {
  if (typeof value === 'string' && /(^p|P)late$/.test(name)) return plateWords(value);
  const named = typeof value === 'string' && valueWord(value, words, rule) === undefined ? nameOf(value) : null;
  return named ?? measureWords(name, value, words, { clock, rule });
}

function placeText({ place }: AlertDetail, t: Words): string {
  if (!place) return t.queue.onRoad;
  return place.distanceM > 0 ? t.detail.distanceFrom(place.name, metres(place.distanceM, t)) : place.name;
}

/** From what to what the rule saw the load fall, as its sentence says: it had begun to before the violation held. */
function lossText({ startLoadKg, loadKg }: AlertDetail['evidence'], t: Words): string | null {
  if (typeof startLoadKg !== 'number' || typeof loadKg !== 'number' || startLoadKg - loadKg < 100) return null;
  return fromTo(startLoadKg, loadKg, t);
}

function fromTo(fromKg: number, toKg: number, t: Words): string {
  return `${tonnes(fromKg, t).replace(/ t$/, '')} → ${tonnes(toKg, t)}`;
}

function loadText(facts: Facts, t: Words): string {
  if (facts.loadFromKg !== null && facts.loadToKg !== null) {
    return Math.abs(facts.loadFromKg - facts.loadToKg) < 400 ? tonnes(facts.loadToKg, t) : fromTo(facts.loadFromKg, facts.loadToKg, t);
  }
  return facts.loadState === null ? t.notSaid : t.detail.loadWord[facts.loadState];
}

function coverBedText(facts: Facts, t: Words): string {
  const cover = facts.cover === null ? t.notSaid : t.detail.coverWord[facts.cover];
  const bed = facts.bedDeg !== null ? `${Math.round(facts.bedDeg)}${t.unit.deg}` : facts.bed === null ? t.notSaid : t.detail.bedWord[facts.bed];
  return `${cover} / ${bed}`;
}
