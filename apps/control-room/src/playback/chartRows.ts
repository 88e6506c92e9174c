import { type Severity, SILENCE_MS } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';
import { COLOUR, PLACE_COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';
import { colourOf } from './colours.js';
import { type Recording, untilOf } from './readTruck.js';
import { gapsOf, type Heard, indexAt, type Span, type Tape } from './tape.js';

/** Room left of the charts for what they are and what they say, px. */
export const GUTTER = 98;
const RIGHT = 10;
const AXIS = 22;
const PAD = 6;

interface Row {
  key: 'speed' | 'load' | 'bed' | 'cover' | 'ignition' | 'places';
  label: string;
  colour: string;
  top: number;
  height: number;
  /** What it says at a time. */
  say: (at: number) => string;
}
export interface LineRow extends Row {
  kind: 'line';
  min: number;
  max: number;
  /** A value stands until the next one. */
  steps: boolean;
  lines: { heard: Heard; values: Float32Array; colour: string }[];
  /** The speed limits that held. */
  limits: (Span & { value: number })[];
}
export interface BandRow extends Row {
  kind: 'bands';
  bands: (Span & { colour: string; text: string; alpha: number })[] | { tape: Tape; states: Int8Array; colours: (string | null)[] };
}
export type ChartRow = LineRow | BandRow;

export interface Chart {
  rows: ChartRow[];
  height: number;
  /** Behind everything: what was alerted, and where nobody knows where the truck was. */
  alerts: (Span & { severity: Severity })[];
  gaps: Span[];
}

/** What stands below the map: of one truck everything, of several the speeds. */
export function chartOf(recordings: readonly Recording[], trucks: readonly string[], shown: Span, t: Words, plateOf: (id: string) => string): Chart {
  const one = recordings.length === 1 ? recordings[0]! : null;
  const rows: ChartRow[] = one ? rowsOf(one, t) : [speedsOf(recordings, trucks, t, plateOf)];
  let top = 4;
  for (const row of rows) {
    row.top = top;
    top += row.height + PAD;
  }
  const alerts = recordings.flatMap((of) => of.alerts.map((alert) => ({ from: Date.parse(alert.began), to: untilOf(alert), severity: alert.severity })));
  return { rows, height: top + AXIS, alerts, gaps: one ? gapsOf(one.tape, shown.from, shown.to) : [] };
}

/** What one stands at; null where nothing was said for 2 min. */
function saidAt({ at }: Tape, time: number): number | null {
  const i = indexAt(at, time);
  return i < 0 || time - at[i]! > SILENCE_MS ? null : i;
}

function rowsOf({ tape, stays }: Recording, t: Words): ChartRow[] {
  const w = t.playback;
  const read = (words: (i: number) => string) => (at: number) => {
    const i = saidAt(tape, at);
    return i === null ? t.none : words(i);
  };
  const number = (values: Float32Array, words: (value: number) => string) => read((i) => (Number.isNaN(values[i]!) ? t.none : words(values[i]!)));
  const limits = (stays?.limits ?? []).map(({ from, to, limitKmh }) => ({ from: Date.parse(from), to: Date.parse(to), value: limitKmh }));
  const limitAt = (at: number) => limits.find(({ from, to }) => at >= from && at < to)?.value;
  const level = (value: number) => t.detail.loadWord[value === 0 ? 'empty' : value === 1 ? 'full' : 'half'];
  const lines = (values: Float32Array, colour: string) => [{ heard: tape, values, colour }];
  const line = { kind: 'line' as const, top: 0, limits: [] };
  const bands = { kind: 'bands' as const, top: 0 };

  const speed: LineRow = {
    ...line,
    key: 'speed',
    label: w.row.speed,
    colour: SEVERITY_COLOUR.minor,
    height: 72,
    min: 0,
    max: ceiling(tape.speedKmh, 40, 20, Math.max(0, ...limits.map(({ value }) => value))),
    steps: false,
    lines: lines(tape.speedKmh, SEVERITY_COLOUR.minor),
    limits,
    say: (at) => {
      const said = number(tape.speedKmh, (v) => `${Math.round(v)}`)(at);
      const limit = limitAt(at);
      if (said === t.none) return said;
      return limit === undefined ? `${said} ${t.unit.kmh}` : `${said} / ${limit}`;
    },
  };
  const load: LineRow = {
    ...line,
    key: 'load',
    label: w.row.load,
    colour: COLOUR.text,
    height: 44,
    min: 0,
    max: tape.loadWords ? 1.1 : ceiling(tape.load, 5, 5),
    steps: tape.loadWords,
    lines: lines(tape.load, COLOUR.text),
    say: number(tape.load, (v) => (tape.loadWords ? level(v) : `${v.toFixed(1)} t`)),
  };
  const bed: LineRow = {
    ...line,
    key: 'bed',
    label: w.row.bed,
    colour: SEVERITY_COLOUR.critical,
    height: 36,
    min: 0,
    max: tape.bedWords ? 1.1 : ceiling(tape.bed, 20, 10),
    steps: tape.bedWords,
    lines: lines(tape.bed, SEVERITY_COLOUR.critical),
    say: number(tape.bed, (v) => (tape.bedWords ? t.detail.bedWord[v === 1 ? 'raised' : 'down'] : `${Math.round(v)}°`)),
  };
  const cover: BandRow = {
    ...bands,
    key: 'cover',
    label: w.row.cover,
    colour: SEVERITY_COLOUR.serious,
    height: 16,
    bands: { tape, states: tape.cover, colours: ['#4a5c6b', SEVERITY_COLOUR.serious, null] },
    say: read((i) => (tape.cover[i]! < 0 ? t.none : t.detail.coverWord[(['closed', 'open', 'fault'] as const)[tape.cover[i]!]!])),
  };
  const ignition: BandRow = {
    ...bands,
    key: 'ignition',
    label: w.row.ignition,
    colour: COLOUR.ok,
    height: 16,
    bands: { tape, states: tape.ignition, colours: [null, COLOUR.ok] },
    say: read((i) => (tape.ignition[i]! < 0 ? t.none : tape.ignition[i] === 1 ? w.on : w.off)),
  };
  const visits = (stays?.visits ?? []).map(({ from, to, kind, name }) => ({
    from: Date.parse(from),
    to: Date.parse(to),
    colour: PLACE_COLOUR[kind],
    text: name,
    alpha: kind === 'speed-zone' ? 0.28 : 0.55,
  }));
  const places: BandRow = {
    ...bands,
    key: 'places',
    label: w.row.places,
    colour: COLOUR.soft,
    height: 22,
    bands: visits,
    say: (at) => visits.findLast(({ from, to }) => at >= from && at < to)?.text ?? t.none,
  };
  return [speed, load, bed, cover, ignition, places];
}

function speedsOf(recordings: readonly Recording[], trucks: readonly string[], t: Words, plateOf: (id: string) => string): LineRow {
  const max = Math.max(40, ...recordings.map(({ tape }) => ceiling(tape.speedKmh, 40, 20)));
  return {
    kind: 'line',
    key: 'speed',
    label: t.playback.row.speed,
    colour: COLOUR.soft,
    top: 0,
    height: 150,
    min: 0,
    max,
    steps: false,
    limits: [],
    lines: recordings.map(({ truckId, tape }) => ({ heard: tape, values: tape.speedKmh, colour: colourOf(trucks, truckId) })),
    say: (at) =>
      recordings
        .map(({ truckId, tape }) => {
          const i = saidAt(tape, at);
          return `${plateOf(truckId).slice(-4)} ${i === null || Number.isNaN(tape.speedKmh[i]!) ? t.none : Math.round(tape.speedKmh[i]!)}`;
        })
        .join('\n'),
  };
}

/** A round number with room above the greatest value, never less than `least`. */
function ceiling(values: Float32Array, least: number, round: number, other = 0): number {
  let greatest = other;
  for (const value of values) if (value > greatest) greatest = value;
  return Math.max(least, Math.ceil((greatest * 1.08) / round) * round);
}

/** Where a time is drawn in a picture of this width, and back. */
export const xOf = (at: number, view: Span, width: number): number => GUTTER + ((at - view.from) / (view.to - view.from)) * (width - GUTTER - RIGHT);
export const timeOf = (x: number, view: Span, width: number): number => view.from + ((x - GUTTER) / (width - GUTTER - RIGHT)) * (view.to - view.from);
export const plotWidth = (width: number): number => Math.max(1, width - GUTTER - RIGHT);

const STEPS_MS = [10, 30, 60, 300, 600, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400].map((s) => s * 1_000);

/** Round times of the city's clock with at least `apartPx` between them. */
export function ticksOf(view: Span, width: number, offsetMs: number, apartPx = 84): { at: number; days: boolean; seconds: boolean }[] {
  const perPx = (view.to - view.from) / plotWidth(width);
  const step = STEPS_MS.find((one) => one / perPx >= apartPx) ?? STEPS_MS.at(-1)!;
  const ticks: { at: number; days: boolean; seconds: boolean }[] = [];
  for (let at = Math.ceil((view.from + offsetMs) / step) * step - offsetMs; at <= view.to; at += step) {
    ticks.push({ at, days: (at + offsetMs) % 86_400_000 === 0, seconds: step < 60_000 });
  }
  return ticks;
}
