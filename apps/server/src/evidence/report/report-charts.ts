import { type EpochMs, SILENCE_MS, type UtcOffset } from '@muckwatch/domain';
import { cityTimeZh } from '../../paper/city-time-zh.js';
import { INK, LINE, SOFT } from '../../paper/sheet.js';
import type { LoggedReport } from '../logged-report.js';

const LABEL = 84;
const ROW = 29;
const STRIP = 13;
const GAP = 6;
const AXIS = 16;
const SHADE = '#fbe3e3';
const CURVE = '#1f4e79';

interface Curve {
  name: string;
  unit: string;
  digits: number;
  of: (report: LoggedReport) => number | null;
}
interface States {
  name: string;
  of: (report: LoggedReport) => string | null;
}

const CURVES: Curve[] = [
  { name: '速度', unit: 'km/h', digits: 0, of: ({ speedKmh }) => speedKmh },
  { name: '载重', unit: 't', digits: 1, of: ({ loadKg }) => (loadKg === null ? null : loadKg / 1_000) },
  { name: '斗角', unit: '°', digits: 0, of: ({ bedAngleDeg }) => bedAngleDeg },
];
const WORDS: Record<string, [zh: string, colour: string]> = {
  open: ['开', '#c02020'],
  closed: ['闭', '#3b7d4f'],
  raised: ['举', '#c02020'],
  down: ['平', '#3b7d4f'],
  on: ['点火', '#3b7d4f'],
  off: ['熄火', '#999999'],
  fault: ['故障', '#d08a00'],
};
const STATES: States[] = [
  { name: '斗位', of: ({ bed }) => bed },
  { name: '顶盖', of: ({ cover }) => cover },
  { name: '点火', of: ({ ignition }) => (ignition === null ? null : ignition ? 'on' : 'off') },
];

export interface Plot {
  x: number;
  y: number;
  width: number;
  reports: LoggedReport[];
  began: EpochMs;
  /** Null: it goes on. */
  ended: EpochMs | null;
  utcOffset: UtcOffset;
}

/** What of the sensors is drawn: one that said nothing has no row. */
function drawn(reports: LoggedReport[]): { curves: Curve[]; states: States[] } {
  const says = ({ of }: Curve | States) => reports.some((report) => of(report) !== null);
  return { curves: CURVES.filter(says), states: STATES.filter(says) };
}

export function chartsHeight(reports: LoggedReport[]): number {
  const { curves, states } = drawn(reports);
  return curves.length * (ROW + GAP) + states.length * (STRIP + GAP) + AXIS;
}

/** Speed, load and bed angle as curves, bed, cover and ignition as strips, over one axis of time; the episode shaded, doubted reports as hollow grey points. */
export function drawCharts(paper: PDFKit.PDFDocument, plot: Plot): void {
  const { x, y, width, reports, began, ended } = plot;
  const { curves, states } = drawn(reports);
  const [from, to] = [Math.min(reports[0]!.at, began), Math.max(reports.at(-1)!.at, ended ?? began, began + 1_000)];
  const left = x + LABEL;
  const right = x + width;
  const place = (at: EpochMs) => left + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (right - left);
  const bottom = y + chartsHeight(reports) - AXIS;

  paper.rect(place(began), y, Math.max(place(ended ?? to) - place(began), 1), bottom - y - GAP + 3).fill(SHADE);
  let top = y;
  for (const curve of curves) {
    drawCurve(paper, curve, reports, { x, left, right, top, place });
    top += ROW + GAP;
  }
  for (const state of states) {
    drawStates(paper, state, reports, { x, left, top, place, to });
    top += STRIP + GAP;
  }
  drawAxis(paper, { from, began, ended, to }, place, bottom - 3, plot.utcOffset);
}

interface Row {
  x: number;
  left: number;
  top: number;
  place: (at: EpochMs) => number;
}

function drawCurve(
  paper: PDFKit.PDFDocument,
  { name, unit, digits, of }: Curve,
  reports: LoggedReport[],
  { x, left, right, top, place }: Row & { right: number },
): void {
  const points = reports.flatMap((report) => {
    const value = of(report);
    return value === null ? [] : [{ at: report.at, value, doubted: report.doubt !== null }];
  });
  const believed = points.filter(({ doubted }) => !doubted);
  const values = (believed.length > 0 ? believed : points).map(({ value }) => value);
  const least = Math.min(0, ...values);
  const most = Math.max(...values);
  const height = (value: number) => top + ROW - Math.min(Math.max((value - least) / (most - least || 1), 0), 1) * (ROW - 6);

  label(paper, x, top + 4, name, `最高 ${most.toFixed(digits)} ${unit}`);
  paper
    .moveTo(left, top + ROW)
    .lineTo(right, top + ROW)
    .lineWidth(0.5)
    .stroke(LINE);
  let before: EpochMs | null = null;
  for (const { at, value } of believed) {
    if (before === null || at - before > SILENCE_MS) paper.moveTo(place(at), height(value));
    else paper.lineTo(place(at), height(value));
    before = at;
  }
  if (believed.length > 1) paper.lineWidth(1.1).lineJoin('round').stroke(CURVE);
  for (const { at, value } of points.filter(({ doubted }) => doubted)) paper.circle(place(at), height(value), 1.6).lineWidth(0.6).stroke('#888888');
}

function drawStates(paper: PDFKit.PDFDocument, { name, of }: States, reports: LoggedReport[], { x, left, top, place, to }: Row & { to: EpochMs }): void {
  label(paper, x, top + 2, name, null);
  const said = reports.filter((report) => report.doubt === null && of(report) !== null);
  for (let i = 0; i < said.length;) {
    const word = of(said[i]!)!;
    let next = i + 1;
    while (next < said.length && of(said[next]!) === word && said[next]!.at - said[next - 1]!.at <= SILENCE_MS) next++;
    const end = next < said.length && said[next]!.at - said[next - 1]!.at <= SILENCE_MS ? said[next]!.at : Math.min(said[next - 1]!.at, to);
    const [zh, colour] = WORDS[word] ?? [word, SOFT];
    const [start, wide] = [place(said[i]!.at), Math.max(place(end) - place(said[i]!.at), 1)];
    paper.rect(start, top + STRIP / 2 - 3, wide, 6).fill(colour);
    paper.font('regular').fontSize(7.5);
    if (wide > paper.widthOfString(zh) + 6) {
      paper.rect(start + 3, top + STRIP / 2 - 5, paper.widthOfString(zh) + 4, 10).fill('#ffffff');
      paper.fillColor(colour).text(zh, start + 5, top + STRIP / 2 - 5.5, { lineBreak: false });
    }
    i = next;
  }
  if (said.length === 0)
    paper
      .font('regular')
      .fontSize(8)
      .fillColor(SOFT)
      .text('均存疑', left, top + 2, { lineBreak: false });
}

function label(paper: PDFKit.PDFDocument, x: number, y: number, name: string, range: string | null): void {
  paper.font('regular').fontSize(9).fillColor(INK).text(name, x, y, { lineBreak: false });
  if (range !== null)
    paper
      .fontSize(8)
      .fillColor(SOFT)
      .text(range, x, y + 13, { lineBreak: false });
}

function drawAxis(
  paper: PDFKit.PDFDocument,
  { from, began, ended, to }: { from: EpochMs; began: EpochMs; ended: EpochMs | null; to: EpochMs },
  place: (at: EpochMs) => number,
  y: number,
  utcOffset: UtcOffset,
): void {
  paper.font('regular').fontSize(8);
  const marks: [EpochMs, string][] = [[began, '开始'], ...(ended === null ? [] : [[ended, '结束'] as [EpochMs, string]]), [from, ''], [to, '']];
  // What matters gets its place first, the ends of the axis where there is room.
  const placed: [number, number][] = [];
  for (const [at, word] of marks) {
    const text = `${word}${word && ' '}${cityTimeZh(at, utcOffset).slice(-8)}`;
    const wide = paper.widthOfString(text);
    const start = Math.min(Math.max(place(at) - wide / 2, place(from)), place(to) - wide);
    if (placed.some(([left, right]) => start < right + 4 && start + wide > left - 4)) continue;
    placed.push([start, start + wide]);
    paper.fillColor(word ? INK : SOFT).text(text, start, y, { lineBreak: false });
  }
}
