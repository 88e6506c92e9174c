import { COLOUR, FONT, SEVERITY_COLOUR } from '../theme/tokens.js';
import { type BandRow, type Chart, GUTTER, type LineRow, plotWidth, ticksOf, xOf } from './chartRows.js';
import { decimated, runsOf } from './decimate.js';
import type { Span } from './tape.js';

/** A picture of this width that shows this stretch. */
export interface Plot {
  ctx: CanvasRenderingContext2D;
  width: number;
  height: number;
  view: Span;
  /** Time words of a tick. */
  tick: (at: number, days: boolean, seconds: boolean) => string;
  /** Ms that the city's clock is ahead of UTC. */
  offsetMs: number;
}

/** Everything that stands still while the cursor moves. */
export function drawChart(plot: Plot, chart: Chart): void {
  const { ctx, width, height, view } = plot;
  ctx.clearRect(0, 0, width, height);
  const bottom = height - 22;
  ctx.save();
  ctx.beginPath();
  ctx.rect(GUTTER, 0, plotWidth(width), bottom);
  ctx.clip();
  for (const { from, to, severity } of chart.alerts) fill(plot, { from, to }, 0, bottom, SEVERITY_COLOUR[severity], 0.1, 2);
  for (const gap of chart.gaps) hatch(plot, gap, 0, bottom);
  for (const row of chart.rows) {
    ctx.globalAlpha = 1;
    ctx.fillStyle = COLOUR.line;
    ctx.fillRect(GUTTER, row.top + row.height + 1, plotWidth(width), 1);
    if (row.kind === 'line') lines(plot, row);
    else bands(plot, row);
  }
  ctx.restore();

  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'left';
  for (const row of chart.rows) {
    ctx.font = `12px ${FONT}`;
    ctx.fillStyle = COLOUR.soft;
    ctx.fillText(row.label, 10, row.height < 24 ? row.top + row.height / 2 + 5 : row.top + 12);
  }
  for (const row of chart.rows) if (row.kind === 'line' && row.height > 60) scaleOf(plot, row);
  axis(plot, ticksOf(view, width, plot.offsetMs), bottom);
}

function scaleOf({ ctx }: Plot, row: LineRow): void {
  ctx.font = `12px ${FONT}`;
  ctx.textAlign = 'right';
  ctx.fillStyle = COLOUR.mute;
  ctx.fillText(String(row.max), GUTTER - 5, row.top + 11);
  ctx.fillText(String(row.min), GUTTER - 5, row.top + row.height);
  ctx.textAlign = 'left';
}

function lines({ ctx, width, view }: Plot, row: LineRow): void {
  const y = (value: number) => row.top + row.height - ((Math.min(value, row.max) - row.min) / (row.max - row.min)) * (row.height - 3);
  ctx.setLineDash([4, 3]);
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = SEVERITY_COLOUR.serious;
  ctx.beginPath();
  for (const { from, to, value } of row.limits) {
    ctx.moveTo(xOf(from, view, width), y(value));
    ctx.lineTo(xOf(to, view, width), y(value));
  }
  ctx.stroke();
  ctx.setLineDash([]);
  for (const { heard, values, colour } of row.lines) {
    const line = decimated(heard, values, view.from, view.to, plotWidth(width));
    ctx.beginPath();
    let up = true;
    for (let i = 0; i < line.x.length; i++) {
      const [x, value] = [GUTTER + line.x[i]!, line.value[i]!];
      if (Number.isNaN(value)) up = true;
      else if (up) {
        ctx.moveTo(x, y(value));
        // A report alone between two silences is a dot.
        ctx.lineTo(x + 0.8, y(value));
        up = false;
      } else {
        if (row.steps) ctx.lineTo(x, y(line.value[i - 1]!));
        ctx.lineTo(x, y(value));
      }
    }
    ctx.lineWidth = 1.5;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
}

function bands(plot: Plot, row: BandRow): void {
  const { ctx, width, view } = plot;
  if (Array.isArray(row.bands)) {
    ctx.font = `12px ${FONT}`;
    ctx.textBaseline = 'middle';
    for (const { from, to, colour, text, alpha } of row.bands) {
      if (to < view.from || from > view.to) continue;
      fill(plot, { from, to }, row.top + 1, row.height - 2, colour, alpha, 2);
      const [left, right] = [Math.max(GUTTER, xOf(from, view, width)), Math.min(width, xOf(to, view, width))];
      if (right - left < 34) continue;
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, row.top, right - left - 2, row.height);
      ctx.clip();
      ctx.globalAlpha = 1;
      ctx.fillStyle = COLOUR.text;
      ctx.fillText(text, left + 5, row.top + row.height / 2);
      ctx.restore();
    }
    return;
  }
  const { tape, states, colours } = row.bands;
  for (const { from, to, state } of runsOf(tape, states, view.from, view.to, plotWidth(width))) {
    const colour = colours[state] ?? null;
    if (colour !== null) fill(plot, { from, to }, row.top + 3, row.height - 6, colour, 0.85, 1);
  }
}

function axis({ ctx, width, view, tick }: Plot, ticks: ReturnType<typeof ticksOf>, bottom: number): void {
  ctx.font = `12px ${FONT}`;
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'center';
  for (const { at, days, seconds } of ticks) {
    const x = xOf(at, view, width);
    ctx.globalAlpha = days ? 0.7 : 0.35;
    ctx.fillStyle = COLOUR.line;
    ctx.fillRect(x, 0, 1, bottom + 4);
    ctx.globalAlpha = 1;
    ctx.fillStyle = days ? COLOUR.text : COLOUR.soft;
    if (x > GUTTER + 14 && x < width - 24) ctx.fillText(tick(at, days, seconds), x, bottom + 17);
  }
  ctx.textAlign = 'left';
}

/** A band of time, never narrower than can be seen. */
export function fill({ ctx, width, view }: Plot, { from, to }: Span, top: number, height: number, colour: string, alpha: number, leastPx: number): void {
  const left = xOf(from, view, width);
  const wide = Math.max(leastPx, xOf(to, view, width) - left);
  if (left > width || left + wide < GUTTER) return;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fillRect(left, top, wide, height);
  ctx.globalAlpha = 1;
}

/** Nothing is known: slanted lines, which no value has. */
export function hatch({ ctx, width, view }: Plot, { from, to }: Span, top: number, height: number): void {
  const left = Math.max(GUTTER, xOf(from, view, width));
  const right = Math.min(width, xOf(to, view, width));
  if (right <= left) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, height);
  ctx.clip();
  ctx.globalAlpha = 0.5;
  ctx.strokeStyle = '#5b6f80';
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let x = Math.floor((left - height) / 7) * 7; x < right; x += 7) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

/** The cursor with what it reads, and where the pointer is; drawn at every frame on a canvas of its own. */
export function drawCursor(plot: Plot, chart: Chart, at: number, hover: number | null, selected: Span | null): void {
  const { ctx, width, height, view } = plot;
  ctx.clearRect(0, 0, width, height);
  const bottom = height - 22;
  if (selected) fill(plot, { from: Math.min(selected.from, selected.to), to: Math.max(selected.from, selected.to) }, 0, bottom, SEVERITY_COLOUR.minor, 0.2, 1);
  for (const [time, colour, wide] of [
    [hover, COLOUR.soft, 1],
    [at, COLOUR.text, 1.6],
  ] as const) {
    if (time === null || time < view.from || time > view.to) continue;
    ctx.fillStyle = colour;
    ctx.fillRect(xOf(time, view, width) - wide / 2, 0, wide, bottom);
  }
  const read = hover ?? at;
  ctx.font = `600 13px ${FONT}`;
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'left';
  for (const row of chart.rows) {
    ctx.fillStyle = row.colour;
    const low = row.height < 24;
    const words = row.say(read).split('\n');
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, row.top - 2, GUTTER - (row.height > 60 && words.length === 1 ? 26 : 6), row.height + 6);
    ctx.clip();
    words.forEach((text, i) => {
      const line = row.kind === 'line' ? row.lines[i] : undefined;
      if (words.length > 1 && line) ctx.fillStyle = line.colour;
      ctx.fillText(text, low ? 48 : 10, low ? row.top + row.height / 2 + 5 : row.top + 29 + i * 16);
    });
    ctx.restore();
  }
}
