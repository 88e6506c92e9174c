import { type Fleet, pose } from '../live/fleet.js';
import { worked } from '../live/work.js';
import { COLOUR } from '../theme/tokens.js';
import { CanvasLayer, type View } from './canvasLayer.js';
import { metresPerUnit } from './projection.js';
import type { Trails } from './trails.js';

/** Further out trails are dots, and there are too many. */
export const TRAILS_FROM_ZOOM = 13;
/** The older, the fainter: one stroke a band, however many trucks there are. */
const ALPHA = [0.85, 0.5, 0.25];
/** A trail's end is at most this far behind its truck, at 40 km/h. */
const BEHIND_PX = 3;
const FASTEST_MS = 100;
const SLOWEST_MS = 1_000;
/** A truck that is this far out of the picture, as a share of it, may still have its trail in it. */
const MARGIN = 0.3;

/** The last five minutes of whoever is in the picture, on a canvas below the trucks. */
export class TrailLayer extends CanvasLayer {
  shown = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly fleet: Fleet,
    private readonly trails: Trails,
  ) {
    super('trails', 0.15, false);
  }

  show(shown: boolean): void {
    if (shown === this.shown) return;
    this.shown = shown;
    this.redraw();
    if (shown) this.beat();
    else this.stop();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private readonly beat = (): void => {
    this.timer = setTimeout(this.beat, this.waitMs());
    if (this.drawing && !document.hidden) requestAnimationFrame(() => this.drawing && this.redraw());
  };

  private get drawing(): boolean {
    return this.shown && this.view !== null && this.view.zoom >= TRAILS_FROM_ZOOM;
  }

  private waitMs(): number {
    if (!this.view || !this.drawing) return SLOWEST_MS;
    const { scale, top, height } = this.view;
    const pxPerS = (11 * scale) / metresPerUnit((top + height / 2) / scale);
    return Math.min(SLOWEST_MS, Math.max(FASTEST_MS, (BEHIND_PX / pxPerS) * 1_000));
  }

  protected draw(view: View): void {
    if (!this.drawing) return;
    const began = performance.now();
    const { fleet } = this;
    const { ctx, scale, left, top, width, height } = view;
    const bands = ALPHA.map(() => new Path2D());
    const [west, east] = [(left - MARGIN * width) / scale, (left + (1 + MARGIN) * width) / scale];
    const [north, south] = [(top - MARGIN * height) / scale, (top + (1 + MARGIN) * height) / scale];
    for (let i = 0; i < fleet.count; i++) {
      const toX = fleet.toX[i]!;
      const toY = fleet.toY[i]!;
      if (toX < west || toX > east || toY < north || toY > south) continue;
      let x = 0;
      let y = 0;
      let band = -1;
      const leads = this.trails.walk(i, began, toX, toY, (px, py, age, joined) => {
        const next = Math.min(ALPHA.length - 1, Math.floor(age * ALPHA.length));
        const path = bands[next]!;
        if (joined && next !== band) path.moveTo(x, y);
        x = px * scale - left;
        y = py * scale - top;
        if (joined) path.lineTo(x, y);
        else path.moveTo(x, y);
        band = next;
      });
      if (!leads) continue;
      fleet.pose(i, began);
      if (band !== 0) bands[0]!.moveTo(x, y);
      bands[0]!.lineTo(pose.x * scale - left, pose.y * scale - top);
    }
    ctx.strokeStyle = COLOUR.hollow;
    ctx.lineWidth = 2;
    ctx.lineJoin = 'round';
    bands.forEach((path, i) => {
      ctx.globalAlpha = ALPHA[i]!;
      ctx.stroke(path);
    });
    ctx.globalAlpha = 1;
    worked(performance.now() - began);
  }
}
