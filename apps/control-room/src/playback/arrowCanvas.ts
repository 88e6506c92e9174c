import { CanvasLayer, type View } from '../map/canvasLayer.js';
import { COLOUR, FONT } from '../theme/tokens.js';
import { HELD_COLOUR } from './colours.js';
import { HELD } from './held.js';
import { indexAt, poseAt, type Pose } from './tape.js';
import type { DrawnTape } from './trackCanvas.js';

export interface Arrow extends DrawnTape {
  name: string;
}

/** The way just driven shines for so much of the stretch's own time. */
const TRAIL_MS = 10 * 60_000;

/** The trucks themselves, drawn anew at every frame: eight of them with their trails take a fifth of a millisecond. */
export class ArrowCanvas extends CanvasLayer {
  arrows: readonly Arrow[] = [];
  at = 0;
  /** Where the pointer reads the charts. */
  hover: number | null = null;
  /** What is said beside a truck of which nobody knows where it is. */
  lost: (pose: Pose) => string = () => '';

  constructor() {
    super('trucks', 0, true);
  }

  protected draw(view: View): void {
    for (const arrow of this.arrows) this.drawTrail(view, arrow);
    for (const arrow of this.arrows) {
      const pose = poseAt(arrow.tape, this.at);
      if (pose) this.drawArrow(view, arrow, pose);
      const read = this.hover === null ? null : poseAt(arrow.tape, this.hover);
      if (read) ring(view, read, arrow.colour);
    }
  }

  private drawTrail({ ctx, scale, left, top }: View, { tape, colour, held }: Arrow): void {
    const last = indexAt(tape.at, this.at);
    if (last < 1) return;
    ctx.beginPath();
    for (let i = Math.max(0, indexAt(tape.at, this.at - TRAIL_MS)); i < last; i++) {
      if (tape.lost[i]) continue;
      ctx.moveTo(tape.x[i]! * scale - left, tape.y[i]! * scale - top);
      ctx.lineTo(tape.x[i + 1]! * scale - left, tape.y[i + 1]! * scale - top);
    }
    ctx.lineWidth = 7;
    ctx.lineCap = 'round';
    ctx.globalAlpha = 0.28;
    ctx.strokeStyle = held === null ? colour : HELD_COLOUR.loaded;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  private drawArrow(view: View, arrow: Arrow, pose: Pose): void {
    const { ctx } = view;
    const [x, y] = [pose.x * view.scale - view.left, pose.y * view.scale - view.top];
    const lost = pose.silentMs > 0 || pose.jumps;
    const colour = arrow.held === null ? arrow.colour : HELD_COLOUR[HELD[arrow.held[pose.index] ?? 0]!];
    ctx.save();
    ctx.translate(x, y);
    ctx.beginPath();
    if (Number.isNaN(pose.headingDeg)) ctx.arc(0, 0, 7, 0, Math.PI * 2);
    else {
      ctx.rotate((pose.headingDeg * Math.PI) / 180);
      ctx.moveTo(0, -13);
      ctx.lineTo(9, 11);
      ctx.lineTo(0, 6);
      ctx.lineTo(-9, 11);
      ctx.closePath();
    }
    ctx.lineJoin = 'round';
    ctx.lineWidth = 2;
    ctx.setLineDash(lost ? [3, 3] : []);
    ctx.fillStyle = lost ? COLOUR.map : colour;
    ctx.strokeStyle = lost ? colour : COLOUR.ground;
    ctx.fill();
    ctx.stroke();
    ctx.restore();
    this.label(ctx, lost ? `${arrow.name}  ${this.lost(pose)}` : arrow.name, x, y, lost ? COLOUR.soft : COLOUR.text);
  }

  private label(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string): void {
    ctx.font = `600 13px ${FONT}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    ctx.lineWidth = 4;
    ctx.strokeStyle = COLOUR.map;
    ctx.strokeText(text, x + 16, y - 12);
    ctx.fillStyle = colour;
    ctx.fillText(text, x + 16, y - 12);
  }
}

function ring({ ctx, scale, left, top }: View, pose: Pose, colour: string): void {
  ctx.beginPath();
  ctx.arc(pose.x * scale - left, pose.y * scale - top, 7, 0, Math.PI * 2);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = COLOUR.ground;
  ctx.stroke();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colour;
  ctx.stroke();
}
