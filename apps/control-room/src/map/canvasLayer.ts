import L from 'leaflet';
import { canvasPixels } from '../app/pixels.js';

/** What a layer needs to draw: the world square times `scale`, less `left` and `top`, is a pixel of the canvas. */
export interface View {
  ctx: CanvasRenderingContext2D;
  width: number;
  height: number;
  zoom: number;
  scale: number;
  left: number;
  top: number;
}

/**
 * A canvas that goes with the map: it slides with the pane while the map is dragged, is scaled while it zooms, and is drawn anew when the map
 * rests. `padding` is how much further than the view it reaches, as a share of the view. A `live` one is drawn anew at every move.
 */
export abstract class CanvasLayer extends L.Layer {
  protected readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d')!;
  protected view: View | null = null;
  private center: L.LatLng | null = null;
  private resetAt = 0;

  protected constructor(
    private readonly paneName: string,
    private readonly padding: number,
    private readonly live: boolean,
  ) {
    super();
    this.canvas.className = 'leaflet-zoom-animated';
    this.canvas.style.pointerEvents = 'none';
  }

  protected abstract draw(view: View): void;

  override onAdd(map: L.Map): this {
    map.getPane(this.paneName)!.appendChild(this.canvas);
    this.reset();
    return this;
  }

  override onRemove(): this {
    this.canvas.remove();
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      viewreset: () => this.reset(),
      moveend: () => this.reset(),
      resize: () => this.reset(),
      zoomanim: (event) => this.follow((event as L.ZoomAnimEvent).center, (event as L.ZoomAnimEvent).zoom),
      zoom: () => this.whileFlying(),
      ...(this.live ? { move: () => this.reset() } : {}),
    };
  }

  /** Draws again where it stands. */
  redraw(): void {
    if (!this.view || !this._map) return;
    const { ctx, width, height } = this.view;
    ctx.clearRect(0, 0, width, height);
    this.draw(this.view);
  }

  private reset(): void {
    const map = this._map;
    if (!map) return;
    const size = map.getSize();
    if (size.x === 0 || size.y === 0) return;
    const dpr = canvasPixels();
    const width = Math.round(size.x * (1 + 2 * this.padding));
    const height = Math.round(size.y * (1 + 2 * this.padding));
    if (this.canvas.width !== width * dpr || this.canvas.height !== height * dpr) {
      this.canvas.width = width * dpr;
      this.canvas.height = height * dpr;
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    this.context.setTransform(dpr, 0, 0, dpr, 0, 0);

    const corner = map.containerPointToLayerPoint(size.multiplyBy(-this.padding)).round();
    L.DomUtil.setTransform(this.canvas, corner, 1);
    const topLeft = corner.add(map.getPixelOrigin());
    const zoom = map.getZoom();
    this.center = map.getCenter();
    this.view = { ctx: this.context, width, height, zoom, scale: 256 * 2 ** zoom, left: topLeft.x, top: topLeft.y };
    this.resetAt = performance.now();
    this.redraw();
  }

  /** A flight zooms frame by frame: the picture is stretched, and drawn anew every 120 ms so that it does not run out. */
  private whileFlying(): void {
    if (this.live || performance.now() - this.resetAt > 120) this.reset();
    else this.follow(this._map.getCenter(), this._map.getZoom());
  }

  private follow(center: L.LatLng, zoom: number): void {
    const map = this._map;
    if (!this.view || !this.center) return;
    const scale = map.getZoomScale(zoom, this.view.zoom);
    const half = map.getSize().multiplyBy(0.5 + this.padding);
    // Leaflet's own renderers use the same private origin; there is no public one for a zoom under way.
    const origin = (map as unknown as { _getNewPixelOrigin(center: L.LatLng, zoom: number): L.Point })._getNewPixelOrigin(center, zoom);
    const offset = half.multiplyBy(-scale).add(map.project(this.center, zoom)).subtract(origin);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }
}
