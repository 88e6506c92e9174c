import { apart, MIDDLE_FROM_PX, middleOf } from '../map/lineHit.js';
import type { LonLat, Px } from '../map/projection.js';
import type { PlaceKind, PlacePreview } from '@muckwatch/contract';
import { CanvasLayer, type View } from '../map/canvasLayer.js';
import { pxOf } from '../permits/drawLayer.js';
import { COLOUR, FONT, PLACE_COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';
import { closed, type CornerRef, type OpenRing, type Shape } from './shapeEdit.js';

/** What is to be seen of a shape under the hand. */
export interface ShapeScene {
  kind: PlaceKind;
  shape: Shape;
  open: OpenRing | null;
  /** Corners can be taken. */
  handles: boolean;
  selected: CornerRef | null;
  hover: CornerRef | null;
  /** Where an edge would gain a corner. */
  onEdge: LonLat | null;
  /** Where the next corner would go. */
  cursor: LonLat | null;
  /** Whose border it would be laid onto. */
  snapped: string | null;
  /** Where it crosses itself. */
  crossing: LonLat | null;
  /** Where the whole is taken. */
  middle: LonLat | null;
}

const HANDLE_PX = 5.5;
export const MOVE_PX = 13;

/** The place under the hand, an old outline of it, and where trucks came in. */
export class ShapeLayer extends CanvasLayer {
  scene: ShapeScene | null = null;
  ghost: Shape | null = null;
  found: Pick<PlacePreview, 'entries' | 'alerts'> | null = null;

  constructor() {
    super('draw', 0.3, false);
  }

  protected draw(view: View): void {
    if (this.scene) this.drawShape(view, this.scene);
    if (this.ghost) drawGhost(view, this.ghost);
    if (this.found) drawFound(view, this.found);
    if (this.scene?.handles) this.drawHandles(view, this.scene);
    if (this.scene?.crossing) drawCrossing(view, pxOf(view, this.scene.crossing));
  }

  private drawShape(view: View, { shape, open, kind, cursor, crossing }: ShapeScene): void {
    const { ctx } = view;
    const colour = crossing ? SEVERITY_COLOUR.critical : PLACE_COLOUR[kind];
    ctx.save();
    ctx.lineJoin = ctx.lineCap = 'round';
    ctx.beginPath();
    for (const rings of shape) for (const ring of rings) trace(view, closed(ring));
    ctx.globalAlpha = 0.22;
    ctx.fillStyle = colour;
    ctx.fill('evenodd');
    stroke(ctx, colour);
    if (open && open.points.length > 0) {
      const points = cursor ? [...open.points, cursor] : open.points;
      ctx.beginPath();
      trace(view, points);
      ctx.globalAlpha = 0.12;
      ctx.fillStyle = open.as === 'hole' ? COLOUR.ground : colour;
      ctx.fill('evenodd');
      ctx.beginPath();
      trace(view, open.points);
      stroke(ctx, colour);
      ctx.setLineDash([6, 5]);
      ctx.globalAlpha = 0.8;
      ctx.lineWidth = 2;
      ctx.strokeStyle = crossing ? colour : COLOUR.text;
      ctx.beginPath();
      if (cursor) trace(view, [open.points.at(-1)!, cursor]);
      // The edge that would close it, faintly.
      ctx.stroke();
      if (points.length > 2) {
        ctx.globalAlpha = 0.35;
        ctx.beginPath();
        trace(view, [points.at(-1)!, points[0]!]);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  private drawHandles(view: View, { shape, open, kind, selected, hover, onEdge, cursor, snapped, middle }: ShapeScene): void {
    const { ctx } = view;
    const colour = PLACE_COLOUR[kind];
    if (middle) drawMover(view, pxOf(view, middle));
    const draw = (ring: readonly LonLat[], polygon: number, r: number, isOpen: boolean) => {
      const corners = ring.map((at) => pxOf(view, at));
      ctx.fillStyle = COLOUR.soft;
      for (let i = 0; i < corners.length - (isOpen ? 1 : 0); i++) {
        const [a, b] = [corners[i]!, corners[(i + 1) % corners.length]!];
        if (apart(a, b) < MIDDLE_FROM_PX) continue;
        ctx.beginPath();
        ctx.arc(...middleOf(a, b), 3, 0, 2 * Math.PI);
        ctx.fill();
      }
      corners.forEach(([x, y], corner) => {
        const is = (ref: CornerRef | null) => ref?.polygon === polygon && ref.ring === r && ref.corner === corner;
        // The first corner closes the ring: it is larger as soon as it can.
        const closes = isOpen && corner === 0 && corners.length > 2;
        ctx.beginPath();
        ctx.arc(x, y, HANDLE_PX + (is(hover) || is(selected) || closes ? 2 : 0), 0, 2 * Math.PI);
        ctx.fillStyle = is(selected) ? colour : is(hover) ? COLOUR.text : closes ? COLOUR.ok : COLOUR.ground;
        ctx.strokeStyle = COLOUR.text;
        ctx.lineWidth = 2;
        ctx.fill();
        ctx.stroke();
      });
    };
    shape.forEach((rings, p) => rings.forEach((ring, r) => draw(ring, p, r, false)));
    if (open) draw(open.points, shape.length, 0, true);
    if (onEdge) {
      ctx.beginPath();
      ctx.arc(...pxOf(view, onEdge), HANDLE_PX, 0, 2 * Math.PI);
      ctx.fillStyle = COLOUR.soft;
      ctx.fill();
    }
    if (cursor && snapped !== null) drawSnap(view, pxOf(view, cursor), snapped);
  }
}

function trace({ ctx, ...view }: View, points: readonly LonLat[]): void {
  points.forEach((at, i) => {
    const [x, y] = pxOf(view, at);
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
}

function stroke(ctx: CanvasRenderingContext2D, colour: string): void {
  ctx.globalAlpha = 0.7;
  ctx.strokeStyle = COLOUR.map;
  ctx.lineWidth = 6;
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2.6;
  ctx.stroke();
}

function drawGhost(view: View, shape: Shape): void {
  const { ctx } = view;
  ctx.save();
  ctx.beginPath();
  for (const rings of shape) for (const ring of rings) trace(view, closed(ring));
  ctx.setLineDash([7, 6]);
  ctx.lineWidth = 2.4;
  ctx.strokeStyle = COLOUR.text;
  ctx.stroke();
  ctx.restore();
}

/** What the shape gains is full, what it loses hollow, what stays is quiet; alerts are diamonds. */
function drawFound(view: View, { entries, alerts }: Pick<PlacePreview, 'entries' | 'alerts'>): void {
  const { ctx } = view;
  ctx.save();
  ctx.lineWidth = 1.6;
  const order = { both: 0, present: 1, drawn: 2 };
  const mark = (x: number, y: number, size: number, diamond: boolean) => {
    ctx.beginPath();
    if (!diamond) ctx.arc(x, y, size, 0, 2 * Math.PI);
    else {
      ctx.moveTo(x, y - size);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, y + size);
      ctx.lineTo(x - size, y);
      ctx.closePath();
    }
  };
  const put = (points: readonly { lon: number; lat: number; side: keyof typeof order }[], colour: string, size: number, diamond: boolean) => {
    for (const { lon, lat, side } of [...points].sort((a, b) => order[a.side] - order[b.side])) {
      const [x, y] = pxOf(view, [lon, lat]);
      mark(x, y, size, diamond);
      ctx.globalAlpha = side === 'both' ? 0.55 : 1;
      ctx.fillStyle = side === 'present' ? COLOUR.map : colour;
      ctx.strokeStyle = side === 'present' ? colour : COLOUR.map;
      ctx.fill();
      ctx.stroke();
    }
  };
  put(entries, COLOUR.ok, 4.5, false);
  put(alerts, SEVERITY_COLOUR.serious, 5.5, true);
  ctx.restore();
}

function drawCrossing({ ctx }: View, [x, y]: Px): void {
  ctx.save();
  ctx.strokeStyle = SEVERITY_COLOUR.critical;
  ctx.lineWidth = 3;
  ctx.beginPath();
  ctx.arc(x, y, 14, 0, 2 * Math.PI);
  ctx.moveTo(x - 5, y - 5);
  ctx.lineTo(x + 5, y + 5);
  ctx.moveTo(x + 5, y - 5);
  ctx.lineTo(x - 5, y + 5);
  ctx.stroke();
  ctx.restore();
}

function drawMover({ ctx }: View, [x, y]: Px): void {
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, MOVE_PX, 0, 2 * Math.PI);
  ctx.fillStyle = COLOUR.ground;
  ctx.strokeStyle = COLOUR.soft;
  ctx.lineWidth = 1.6;
  ctx.globalAlpha = 0.9;
  ctx.fill();
  ctx.stroke();
  ctx.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    ctx.moveTo(x, y);
    ctx.lineTo(x + dx * 8, y + dy * 8);
    ctx.lineTo(x + dx * 5 + dy * 3, y + dy * 5 + dx * 3);
    ctx.moveTo(x + dx * 8, y + dy * 8);
    ctx.lineTo(x + dx * 5 - dy * 3, y + dy * 5 - dx * 3);
  }
  ctx.strokeStyle = COLOUR.text;
  ctx.stroke();
  ctx.restore();
}

function drawSnap({ ctx }: View, [x, y]: Px, name: string): void {
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = COLOUR.ok;
  ctx.lineWidth = 2;
  ctx.strokeRect(x - 8, y - 8, 16, 16);
  ctx.font = `13px ${FONT}`;
  ctx.textBaseline = 'middle';
  ctx.strokeStyle = COLOUR.map;
  ctx.lineWidth = 4;
  ctx.lineJoin = 'round';
  ctx.strokeText(name, x + 16, y + 16);
  ctx.fillText(name, x + 16, y + 16);
  ctx.restore();
}
