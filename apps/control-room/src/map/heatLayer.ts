import type { Heat, HeatCell } from '@muckwatch/contract';
import L from 'leaflet';
import { COLOUR } from '../theme/tokens.js';
import { CanvasLayer, type View } from './canvasLayer.js';
import { type Spot, spotAt, spotRadius, spotsOf } from './heat.js';

/** Where loads are lost: soft cells below the trucks, with what was counted under the pointer. */
export class HeatLayer extends CanvasLayer {
  /** What the pointer is told of a cell. */
  words: (cell: HeatCell) => string = () => '';
  private spots: readonly Spot[] = [];
  private told: Spot | null = null;
  private readonly tip = L.tooltip({ direction: 'top', className: 'heat-tip', offset: [0, -8], opacity: 1 });

  constructor() {
    super('heat', 0.3, false);
  }

  /** Null: the layer is off. */
  show(heat: Heat | null): void {
    this.spots = heat ? spotsOf(heat.items) : [];
    this.tell(null);
    this.redraw();
  }

  hover(at: L.LatLng | null): void {
    if (this.spots.length === 0) return;
    if (!at || !this.view) return this.tell(null);
    const { zoom, scale } = this.view;
    const { x, y } = this._map.project(at, zoom);
    this.tell(spotAt(this.spots, x, y, scale, 0, 0));
  }

  /** Tells of a cell without a pointer. */
  point(cell: HeatCell): void {
    this.tell(this.spots.find((spot) => spot.cell === cell) ?? null);
  }

  private tell(spot: Spot | null): void {
    if (spot === this.told) return;
    this.told = spot;
    this.tip.remove();
    if (spot) this.tip.setLatLng([spot.cell.lat, spot.cell.lon]).setContent(this.words(spot.cell)).addTo(this._map);
  }

  protected draw({ ctx, width, height, scale, left, top }: View): void {
    for (const spot of this.spots) {
      const x = spot.x * scale - left;
      const y = spot.y * scale - top;
      const radius = spotRadius(scale, spot.heat);
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) continue;
      const soft = ctx.createRadialGradient(x, y, 0, x, y, radius);
      const alpha = 0.25 + 0.6 * spot.heat;
      soft.addColorStop(0, COLOUR.heat + hex(alpha));
      soft.addColorStop(0.5, COLOUR.heat + hex(alpha * 0.55));
      soft.addColorStop(1, `${COLOUR.heat}00`);
      ctx.fillStyle = soft;
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, Math.PI * 2);
      ctx.fill();
    }
  }
}

const hex = (alpha: number): string =>
  Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0');
