import { CanvasLayer, type View } from '../map/canvasLayer.js';
import { worldX, worldY } from '../map/projection.js';
import { COLOUR } from '../theme/tokens.js';
import { HELD_COLOUR, LATE_COLOUR } from './colours.js';
import { HELD, type Held } from './held.js';
import type { Tape } from './tape.js';

export interface DrawnTape {
  tape: Tape;
  /** Of each fix what held, where one truck is looked at; null: the truck's own colour. */
  held: Uint8Array | null;
  colour: string;
}

/** Nearer than this to the point before it draws nothing that could be seen. */
const SEEN_PX = 1.2;
const WIDTH: Record<Held, number> = { unknown: 2, empty: 2.2, loaded: 3.2, uncovered: 3.6, minor: 4, serious: 4.4, critical: 5 };

/** Whole tracks, drawn when the map rests: a hundred thousand fixes take some 8 ms. Where it was lost is dashed, what was not believed stands hollow beside it. */
export class TrackCanvas extends CanvasLayer {
  tapes: readonly DrawnTape[] = [];

  constructor() {
    super('track', 0.3, false);
  }

  protected draw(view: View): void {
    view.ctx.lineCap = view.ctx.lineJoin = 'round';
    for (const { tape } of this.tapes) {
      line(view, tape, () => true, COLOUR.map, 7, 0.6);
      if (tape.lateCount > 0) line(view, tape, (i) => tape.late[i] === 1, LATE_COLOUR, 8, 0.4);
    }
    for (const { tape, held, colour } of this.tapes) {
      if (held === null) line(view, tape, () => true, colour, 2.6, 0.85);
      else HELD.forEach((name, code) => held.includes(code) && line(view, tape, (i) => held[i] === code, HELD_COLOUR[name], WIDTH[name], 0.9));
      gaps(view, tape, held === null ? colour : COLOUR.soft);
      doubts(view, tape, held === null ? colour : COLOUR.soft);
    }
    view.ctx.globalAlpha = 1;
  }
}

/** The pieces from fix i to the next for which `has` holds; where it was lost there is none. */
function line({ ctx, scale, left, top }: View, { x, y, at, lost }: Tape, has: (i: number) => boolean, colour: string, width: number, alpha: number): void {
  ctx.beginPath();
  let [down, lastX, lastY] = [false, 0, 0];
  for (let i = 0; i + 1 < at.length; i++) {
    if (!has(i) || lost[i]) {
      down = false;
      continue;
    }
    const [px, py] = [x[i + 1]! * scale - left, y[i + 1]! * scale - top];
    if (!down) {
      [lastX, lastY, down] = [x[i]! * scale - left, y[i]! * scale - top, true];
      ctx.moveTo(lastX, lastY);
    } else if (Math.abs(px - lastX) < SEEN_PX && Math.abs(py - lastY) < SEEN_PX && i + 2 < at.length && has(i + 1)) continue;
    ctx.lineTo(px, py);
    [lastX, lastY] = [px, py];
  }
  ctx.globalAlpha = alpha;
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function gaps({ ctx, scale, left, top }: View, { x, y, at, lost }: Tape, colour: string): void {
  ctx.beginPath();
  for (let i = 0; i + 1 < at.length; i++) {
    if (!lost[i]) continue;
    ctx.moveTo(x[i]! * scale - left, y[i]! * scale - top);
    ctx.lineTo(x[i + 1]! * scale - left, y[i + 1]! * scale - top);
  }
  ctx.setLineDash([2, 7]);
  ctx.globalAlpha = 0.8;
  ctx.lineWidth = 1.8;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.setLineDash([]);
}

function doubts({ ctx, scale, left, top }: View, { doubted }: Tape, colour: string): void {
  ctx.globalAlpha = 0.9;
  ctx.lineWidth = 1.3;
  ctx.strokeStyle = colour;
  for (const { lat, lon } of doubted) {
    ctx.beginPath();
    ctx.arc(worldX(lon) * scale - left, worldY(lat) * scale - top, 4, 0, Math.PI * 2);
    ctx.stroke();
  }
}
