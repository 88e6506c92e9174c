import type { LabAlert } from '@muckwatch/contract';
import { CanvasLayer, type View } from '../map/canvasLayer.js';
import { worldX, worldY } from '../map/projection.js';
import { COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';
import { keyOf } from './lab.js';

export const CHANGE_COLOUR: Record<LabAlert['change'], string> = { kept: COLOUR.mute, gained: SEVERITY_COLOUR.critical, lost: COLOUR.route };
/** What differs lies above what does not. */
const LOW_TO_HIGH = ['kept', 'lost', 'gained'] as const;
const PICK_PX = 14;

interface Spot {
  alert: LabAlert;
  key: string;
  x: number;
  y: number;
}

/** The alerts of a run, one canvas: six thousand points are drawn in 10 ms, as elements they would take a second. */
export class LabLayer extends CanvasLayer {
  chosen: string | null = null;
  private spots: Spot[] = [];

  constructor() {
    super('track', 0.3, false);
  }

  show(alerts: readonly LabAlert[]): void {
    this.spots = LOW_TO_HIGH.flatMap((change) => alerts.filter((alert) => alert.change === change)).map((alert) => ({
      alert,
      key: keyOf(alert),
      x: worldX(alert.position.lon),
      y: worldY(alert.position.lat),
    }));
    this.redraw();
  }

  /** The alert under a point of the map's box: the uppermost of the nearest. */
  pick(x: number, y: number): LabAlert | null {
    const { view } = this;
    if (!view) return null;
    const size = this._map.getSize();
    const px = x + (view.width - size.x) / 2;
    const py = y + (view.height - size.y) / 2;
    let best = PICK_PX * PICK_PX;
    let found: LabAlert | null = null;
    for (const spot of this.spots) {
      const distance = (spot.x * view.scale - view.left - px) ** 2 + (spot.y * view.scale - view.top - py) ** 2;
      if (distance > best) continue;
      best = distance;
      found = spot.alert;
    }
    return found;
  }

  protected draw(view: View): void {
    for (const spot of this.spots) if (spot.key !== this.chosen) drawSpot(view, spot);
    const chosen = this.spots.find((spot) => spot.key === this.chosen);
    if (!chosen) return;
    drawSpot(view, chosen);
    const { ctx } = view;
    ctx.beginPath();
    ctx.arc(chosen.x * view.scale - view.left, chosen.y * view.scale - view.top, 14, 0, Math.PI * 2);
    ctx.lineWidth = 2;
    ctx.strokeStyle = COLOUR.text;
    ctx.stroke();
  }
}

/** Kept: a small grey dot. Gained: a red disc with a plus. Lost: a blue ring, struck through. The shape tells it without the colour. */
function drawSpot({ ctx, scale, left, top, width, height }: View, spot: Spot): void {
  const x = spot.x * scale - left;
  const y = spot.y * scale - top;
  if (x < -20 || y < -20 || x > width + 20 || y > height + 20) return;
  const { change } = spot.alert;
  const radius = change === 'kept' ? 4 : 7;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.fillStyle = change === 'lost' ? COLOUR.map : CHANGE_COLOUR[change];
  ctx.globalAlpha = change === 'kept' ? 0.75 : 0.92;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.lineWidth = change === 'lost' ? 2 : 1.2;
  ctx.strokeStyle = change === 'lost' ? CHANGE_COLOUR.lost : COLOUR.map;
  ctx.stroke();
  if (change === 'kept') return;
  ctx.beginPath();
  if (change === 'gained') {
    ctx.moveTo(x - 4, y);
    ctx.lineTo(x + 4, y);
    ctx.moveTo(x, y - 4);
    ctx.lineTo(x, y + 4);
    ctx.strokeStyle = '#fff';
  } else {
    ctx.moveTo(x - 9, y + 6);
    ctx.lineTo(x + 9, y - 6);
    ctx.strokeStyle = CHANGE_COLOUR.lost;
  }
  ctx.lineWidth = 1.8;
  ctx.stroke();
}
