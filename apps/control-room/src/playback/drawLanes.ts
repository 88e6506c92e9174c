import type { Severity } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';
import { COLOUR, FONT, SEVERITY_COLOUR, SEVERITY_RANK } from '../theme/tokens.js';
import { GUTTER, plotWidth, ticksOf, xOf } from './chartRows.js';
import { colourOf } from './colours.js';
import { fill, hatch, type Plot } from './drawChart.js';
import { type Recording, untilOf } from './readTruck.js';
import { gapsOf, type Span } from './tape.js';

export interface Lane {
  label: string;
  colour: string;
  hauls: Span[];
  stops: Span[];
  gaps: Span[];
  /** The gravest first: what is drawn later is lower, so that none hides another. */
  alerts: (Span & { severity: Severity })[];
}

export const LANE = 15;
/** The worst stands out the most. */
const TALL: Record<Severity, number> = { critical: LANE - 2, serious: LANE - 5, minor: LANE - 9 };
/** Of one truck each kind has a lane of its own, of several each truck has one. */
export const lanesHeight = (lanes: readonly Lane[]): number => (lanes.length === 1 ? 4 : lanes.length) * LANE + 26;

export function laneOf({ truckId, tape, stays, alerts, hauls }: Recording, shown: Span, trucks: readonly string[], label: string): Lane {
  return {
    label,
    colour: colourOf(trucks, truckId),
    hauls: hauls.map(({ departedAt, endedAt }) => ({ from: Date.parse(departedAt), to: endedAt === null ? shown.to : Date.parse(endedAt) })),
    stops: (stays?.stops ?? []).map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })),
    gaps: gapsOf(tape, shown.from, shown.to),
    alerts: alerts
      .map((alert) => ({ from: Date.parse(alert.began), to: untilOf(alert), severity: alert.severity }))
      .sort((a, b) => SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity]),
  };
}

/** The whole stretch at a glance; what the charts show of it is lighter. */
export function drawLanes(plot: Plot, lanes: readonly Lane[], zoomed: Span | null, t: Words): void {
  const { ctx, width, height, view } = plot;
  ctx.clearRect(0, 0, width, height);
  const bottom = height - 22;
  ctx.fillStyle = COLOUR.ground;
  ctx.fillRect(GUTTER, 0, plotWidth(width), bottom);
  if (zoomed) fill(plot, zoomed, 0, bottom, COLOUR.raised, 1, 2);
  ctx.save();
  ctx.beginPath();
  ctx.rect(GUTTER, 0, plotWidth(width), bottom);
  ctx.clip();
  const one = lanes.length === 1 ? lanes[0]! : null;
  lanes.forEach((lane, i) => {
    const top = 2 + i * LANE;
    const at = (row: number) => (one ? 2 + row * LANE : top);
    if (!one) fill(plot, view, top + 6, 2, lane.colour, 0.5, 1);
    for (const gap of lane.gaps) {
      fill(plot, gap, at(3) + 1, LANE - 2, COLOUR.ground, 1, 0);
      hatch(plot, gap, at(3) + 1, LANE - 2);
    }
    for (const haul of lane.hauls) fill(plot, haul, at(1) + 4, LANE - 7, one ? COLOUR.text : lane.colour, one ? 0.75 : 0.7, 2);
    for (const stop of lane.stops) fill(plot, stop, at(2) + (one ? 4 : 6), one ? LANE - 7 : LANE - 11, '#8fa3b5', one ? 0.9 : 0.6, 2);
    for (const alert of lane.alerts) {
      const tall = TALL[alert.severity];
      fill(plot, alert, at(0) + LANE - 1 - tall, tall, SEVERITY_COLOUR[alert.severity], one ? 0.95 : 0.85, 3);
    }
  });
  ctx.restore();

  ctx.font = `12px ${FONT}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const w = t.playback.lane;
  const labels = one
    ? [w.alerts, w.hauls, w.stops, w.gaps].map((text) => ({ text, colour: COLOUR.soft }))
    : lanes.map(({ label, colour }) => ({ text: label, colour }));
  labels.forEach(({ text, colour }, i) => {
    ctx.fillStyle = colour;
    ctx.fillText(text, 10, 2 + i * LANE + LANE / 2);
  });
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'center';
  for (const { at, days, seconds } of ticksOf(view, width, plot.offsetMs)) {
    const x = xOf(at, view, width);
    ctx.fillStyle = COLOUR.line;
    ctx.fillRect(x, 0, 1, bottom + 4);
    ctx.fillStyle = days ? COLOUR.text : COLOUR.soft;
    if (x > GUTTER + 14 && x < width - 24) ctx.fillText(plot.tick(at, days, seconds), x, bottom + 17);
  }
  ctx.textAlign = 'left';
}

export function drawNeedle(plot: Plot, at: number): void {
  const { ctx, width, height, view } = plot;
  ctx.clearRect(0, 0, width, height);
  const x = xOf(at, view, width);
  ctx.fillStyle = COLOUR.text;
  ctx.fillRect(x - 1, 0, 2, height - 22);
  ctx.beginPath();
  ctx.arc(x, height - 22, 6, 0, Math.PI * 2);
  ctx.fill();
}
