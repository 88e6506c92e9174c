import { type PointRef, apart, type Hit, MIDDLE_FROM_PX, middleOf } from '../map/lineHit.js';
import { CanvasLayer, type View } from '../map/canvasLayer.js';
import { worldX, worldY, type LonLat, type Px } from '../map/projection.js';
import { bandPx } from '../map/routes.js';
import { COLOUR, FONT, ROUTE_COLOUR } from '../theme/tokens.js';
import { growingEnd, type RouteEdit } from './routeEdit.js';

/** What is to be seen of a route under the hand. */
export interface Scene {
  edit: RouteEdit;
  widthM: number;
  drawing: boolean;
  selected: PointRef | null;
  hover: Hit | null;
  /** Where the next point would go. */
  cursor: LonLat | null;
  /** Whose corner it would be laid onto. */
  snapped: string | null;
}

const HANDLE_PX = 5.5;

/** The route under the hand: its band to scale, its line, its points, and the stretch that the next click would add. */
export class DrawLayer extends CanvasLayer {
  scene: Scene | null = null;

  constructor() {
    super('draw', 0.3, false);
  }

  protected draw(view: View): void {
    if (!this.scene) return;
    const { edit, cursor, snapped, drawing } = this.scene;
    const lines = edit.lines.map((line) => line.map((at) => pxOf(view, at)));
    this.drawBand(view, lines);
    drawLines(view, lines, { colour: COLOUR.map, width: 6, alpha: 0.7 });
    drawLines(view, lines, { colour: COLOUR.text, width: 2.6, alpha: 1 });
    const end = growingEnd(edit);
    if (drawing && cursor && end) drawNext(view, lines[end.line]![end.point]!, pxOf(view, cursor));
    for (const line of lines) drawMiddles(view, line);
    this.drawPoints(view, lines, end);
    if (cursor && snapped !== null) drawSnap(view, pxOf(view, cursor), snapped);
  }

  private drawBand(view: View, lines: Px[][]): void {
    const { edit, widthM } = this.scene!;
    const first = edit.lines.flat()[0];
    if (!first || !(widthM > 0)) return;
    const y = worldY(first[1]);
    drawLines(view, lines, { colour: ROUTE_COLOUR, width: bandPx({ widthM, north: y, south: y }, view.scale), alpha: 0.2 });
  }

  private drawPoints(view: View, lines: Px[][], end: PointRef | null): void {
    const { hover, selected, drawing } = this.scene!;
    const { ctx } = view;
    lines.forEach((line, l) =>
      line.forEach(([x, y], p) => {
        const is = (ref: PointRef | null | undefined) => ref?.line === l && ref.point === p;
        const under = hover?.at === 'point' && is(hover.ref);
        ctx.beginPath();
        ctx.arc(x, y, HANDLE_PX + (under || is(selected) ? 2 : 0), 0, 2 * Math.PI);
        ctx.fillStyle = is(selected) ? ROUTE_COLOUR : under ? COLOUR.text : COLOUR.ground;
        ctx.strokeStyle = drawing && is(end) ? ROUTE_COLOUR : COLOUR.text;
        ctx.lineWidth = 2;
        ctx.fill();
        ctx.stroke();
      }),
    );
    if (hover && hover.at !== 'point') {
      ctx.beginPath();
      ctx.arc(hover.px[0], hover.px[1], HANDLE_PX, 0, 2 * Math.PI);
      ctx.fillStyle = COLOUR.soft;
      ctx.fill();
    }
  }
}

export function pxOf(view: Pick<View, 'scale' | 'left' | 'top'>, [lon, lat]: LonLat): Px {
  return [worldX(lon) * view.scale - view.left, worldY(lat) * view.scale - view.top];
}

function drawLines({ ctx }: View, lines: readonly Px[][], look: { colour: string; width: number; alpha: number }): void {
  ctx.save();
  ctx.lineCap = ctx.lineJoin = 'round';
  ctx.beginPath();
  for (const line of lines) {
    line.forEach(([x, y], i) => (i === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
    // A single point has a band too: the start is seen before the second click.
    if (line.length === 1) ctx.lineTo(line[0]![0] + 0.01, line[0]![1]);
  }
  ctx.globalAlpha = look.alpha;
  ctx.strokeStyle = look.colour;
  ctx.lineWidth = look.width;
  ctx.stroke();
  ctx.restore();
}

function drawNext({ ctx }: View, from: Px, to: Px): void {
  ctx.save();
  ctx.setLineDash([6, 5]);
  ctx.strokeStyle = COLOUR.text;
  ctx.globalAlpha = 0.75;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.restore();
}

function drawMiddles({ ctx }: View, line: readonly Px[]): void {
  ctx.fillStyle = COLOUR.soft;
  for (let i = 0; i + 1 < line.length; i++) {
    if (apart(line[i]!, line[i + 1]!) < MIDDLE_FROM_PX) continue;
    ctx.beginPath();
    ctx.arc(...middleOf(line[i]!, line[i + 1]!), 3, 0, 2 * Math.PI);
    ctx.fill();
  }
}

function drawSnap({ ctx }: View, [x, y]: Px, name: string): void {
  ctx.strokeStyle = ctx.fillStyle = COLOUR.ok;
  ctx.lineWidth = 2;
  ctx.strokeRect(x - 8, y - 8, 16, 16);
  ctx.font = `13px ${FONT}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.save();
  ctx.strokeStyle = COLOUR.map;
  ctx.lineWidth = 4;
  ctx.lineJoin = 'round';
  ctx.strokeText(name, x + 16, y + 16);
  ctx.restore();
  ctx.fillText(name, x + 16, y + 16);
}
