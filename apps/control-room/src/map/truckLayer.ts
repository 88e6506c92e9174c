import type { Severity } from '@muckwatch/contract';
import L from 'leaflet';
import { plateWords } from '../app/plate.js';
import { type Fleet, pose, STATES } from '../live/fleet.js';
import { worked } from '../live/work.js';
import { COLOUR, FONT, SEVERITY_COLOUR } from '../theme/tokens.js';
import { CanvasLayer, type View } from './canvasLayer.js';
import { type Cell, CellCounter, type Counted, cellRadius, shouldCount } from './counts.js';
import { drawCell } from './drawCell.js';
import { LabelBook, textWidth } from './labels.js';
import { waitMs } from './pace.js';
import { latOf, lonOf, metresPerUnit } from './projection.js';
import { type Atlas, makeAtlas, sizeAt, SPRITES, spriteOf, stamp } from './sprites.js';
import { canvasPixels } from '../app/pixels.js';

const SPRITE_INDEX = Object.fromEntries(SPRITES.map((sprite, i) => [sprite, i])) as Record<(typeof SPRITES)[number], number>;
const PICK_PX = 14;
const PULSE_MS = 1_800;
/** A gliding truck may be this far from its newest fix and still in the picture. */
const MARGIN_PX = 60;
const SPRITE_PX = 16;
/** Under this the whole fleet is in the picture. */
const FAR_ZOOM = 12;

export type Picked = { truck: number } | { cell: Cell };

/** The trucks: one canvas, one loop, no object a truck. Draws only when something moved enough to be seen. */
export class TruckLayer extends CanvasLayer {
  /** Worst undecided alert of a truck, by id; and those that are critical and still going on. */
  worst = new Map<string, Severity>();
  ringed = new Set<string>();
  chosenId: string | null = null;
  counting = false;
  plates = true;

  private atlas: Atlas | null = null;
  private readonly atlases = new Map<number, Atlas>();
  private hovered = -1;
  private readonly pulses = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private drawnVersion = -1;
  private dirty = true;
  private rolling = false;
  private fastestPxPerS = 0;
  private costMs = 1;
  private drawnAt = 0;

  /** What was drawn where, for picking: a click looks through these (10 µs for 1,500), which costs less than keeping a grid would each frame. */
  private drawn = 0;
  private drawnIndex = new Int32Array(256);
  private drawnX = new Float32Array(256);
  private drawnY = new Float32Array(256);
  private cells: Cell[] = [];

  constructor(private readonly fleet: Fleet) {
    super('trucks', 0.02, true);
  }

  start(): void {
    this.timer ??= setTimeout(this.beat, 16);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  wake(): void {
    this.dirty = true;
  }

  /** A ring that spreads once round a truck whose alert has just come. */
  pulse(truckId: string): void {
    this.pulses.set(truckId, performance.now());
    this.dirty = true;
  }

  hover(index: number): boolean {
    if (index === this.hovered) return false;
    this.hovered = index;
    this.dirty = true;
    return true;
  }

  pick(x: number, y: number): Picked | null {
    const { view } = this;
    if (!view) return null;
    const px = x + (view.width - this._map.getSize().x) / 2;
    const py = y + (view.height - this._map.getSize().y) / 2;
    let best = PICK_PX * PICK_PX;
    let found = -1;
    for (let i = 0; i < this.drawn; i++) {
      const distance = (this.drawnX[i]! - px) ** 2 + (this.drawnY[i]! - py) ** 2;
      if (distance < best) {
        best = distance;
        found = this.drawnIndex[i]!;
      }
    }
    if (found >= 0) return { truck: found };
    const cell = this.cells.find((c) => Math.hypot(c.x - px, c.y - py) <= cellRadius(c.total) + 3);
    return cell ? { cell } : null;
  }

  /** Where the trucks of a cell are. */
  boundsOf({ west, east, north, south }: Cell): L.LatLngBounds {
    const { left, top, scale } = this.view!;
    const at = (x: number, y: number) => L.latLng(latOf((y + top) / scale), lonOf((x + left) / scale));
    return L.latLngBounds(at(west, south), at(east, north));
  }

  private readonly beat = (): void => {
    const due = this.dirty || this.rolling || this.pulses.size > 0 || this.fleet.version !== this.drawnVersion;
    // A hidden tab gets no frames; the timer then only looks whether it is back.
    if (due && !document.hidden) requestAnimationFrame(this.frame);
    else this.timer = setTimeout(this.beat, 100);
  };

  private readonly frame = (): void => {
    if (this.timer === null) return;
    const began = performance.now();
    if (began - this.drawnAt > 8) this.redraw();
    const wait = this.dirty ? 16 : this.pulses.size > 0 ? 33 : this.counting ? 1_000 : waitMs(this.fastestPxPerS, this.costMs);
    this.timer = setTimeout(this.beat, Math.max(4, wait - (performance.now() - began) - 8));
  };

  protected draw(view: View): void {
    const began = performance.now();
    this.atlas = this.atlasFor(view.zoom);
    this.dirty = false;
    this.drawnVersion = this.fleet.version;
    this.drawn = 0;
    this.cells = [];
    this.rolling = false;

    const visible = this.gather(view);
    // Nearer in, a full parking lot stays what it is.
    const spread = view.zoom < FAR_ZOOM ? this.spreadPx2(view.scale) : Infinity;
    this.counting = shouldCount(this.counting, visible, view.width * view.height, spread);
    if (this.counting) this.drawCounts(view);
    else this.drawTrucks(view, began);
    this.drawMarks(view, began);

    this.drawnAt = performance.now();
    const cost = this.drawnAt - began;
    this.costMs = this.costMs * 0.8 + cost * 0.2;
    worked(cost);
  }

  private atlasFor(zoom: number): Atlas {
    const size = sizeAt(zoom);
    const atlas = this.atlases.get(size) ?? makeAtlas(canvasPixels(), size);
    this.atlases.set(size, atlas);
    return atlas;
  }

  /** The trucks in the picture, by their newest fix; where they are drawn is worked out for these only. */
  private gather(view: View): number {
    const { fleet } = this;
    const west = (view.left - MARGIN_PX) / view.scale;
    const east = (view.left + view.width + MARGIN_PX) / view.scale;
    const north = (view.top - MARGIN_PX) / view.scale;
    const south = (view.top + view.height + MARGIN_PX) / view.scale;
    if (this.drawnIndex.length < fleet.count) {
      this.drawnIndex = new Int32Array(fleet.count * 2);
      this.drawnX = new Float32Array(fleet.count * 2);
      this.drawnY = new Float32Array(fleet.count * 2);
    }
    let n = 0;
    for (let i = 0; i < fleet.count; i++) {
      const x = fleet.toX[i]!;
      const y = fleet.toY[i]!;
      if (x > west && x < east && y > north && y < south) this.drawnIndex[n++] = i;
    }
    this.drawn = n;
    return n;
  }

  /** Of the box round the trucks in the picture, with the size of one sprite. */
  private spreadPx2(scale: number): number {
    const { fleet } = this;
    let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let n = 0; n < this.drawn; n++) {
      const i = this.drawnIndex[n]!;
      west = Math.min(west, fleet.toX[i]!);
      east = Math.max(east, fleet.toX[i]!);
      north = Math.min(north, fleet.toY[i]!);
      south = Math.max(south, fleet.toY[i]!);
    }
    return ((east - west) * scale + SPRITE_PX) * ((south - north) * scale + SPRITE_PX);
  }

  private drawTrucks(view: View, now: number): void {
    const { fleet, atlas } = this;
    const { ctx, scale, left, top } = view;
    const above: number[] = [];
    let fastest = 0;
    for (let n = 0; n < this.drawn; n++) {
      const i = this.drawnIndex[n]!;
      if (fleet.pose(i, now)) {
        this.rolling = true;
        if (fleet.speedKmh[i]! > fastest) fastest = fleet.speedKmh[i]!;
      }
      const x = (this.drawnX[n] = pose.x * scale - left);
      const y = (this.drawnY[n] = pose.y * scale - top);
      const sprite = this.spriteIndex(i);
      if (sprite >= SPRITE_INDEX.minor) above.push(n);
      else stamp(ctx, atlas!, sprite, pose.heading, x, y);
    }
    // What alerts lies on top, the worst uppermost.
    above.sort((a, b) => this.spriteIndex(this.drawnIndex[a]!) - this.spriteIndex(this.drawnIndex[b]!));
    for (const n of above) {
      fleet.pose(this.drawnIndex[n]!, now);
      stamp(ctx, atlas!, this.spriteIndex(this.drawnIndex[n]!), pose.heading, this.drawnX[n]!, this.drawnY[n]!);
    }
    const pxPerMetre = scale / metresPerUnit((top + view.height / 2) / scale);
    this.fastestPxPerS = (fastest / 3.6) * pxPerMetre;
  }

  private drawCounts(view: View): void {
    const counter = new CellCounter(view.left, view.top);
    for (let n = 0; n < this.drawn; n++) {
      const i = this.drawnIndex[n]!;
      counter.add(this.fleet.toX[i]! * view.scale - view.left, this.fleet.toY[i]! * view.scale - view.top, SPRITES[this.spriteIndex(i)] as Counted);
    }
    this.drawn = 0;
    this.cells = counter.all();
    for (const cell of this.cells) drawCell(view.ctx, cell);
  }

  /** Rings and plates: the critical, the chosen and the one under the pointer, in both ways of drawing. */
  private drawMarks(view: View, now: number): void {
    const marked = [...this.ringed].map((id) => this.fleet.indexOf(id)).filter((i) => i !== null);
    const chosen = this.chosenId === null ? null : this.fleet.indexOf(this.chosenId);
    // A whole city alight is no help: rings stay, plates are for a handful.
    const named = marked.length <= 8 ? marked : [];
    const book = new LabelBook(view.width, view.height);

    for (const i of marked) {
      const [x, y] = this.placeOf(i, view, now);
      if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) continue;
      if (this.counting) stamp(view.ctx, this.atlas!, SPRITE_INDEX.critical, pose.heading, x, y);
      this.drawRing(view, this.fleet.ids[i]!, x, y, now);
    }
    if (chosen !== null) {
      const [x, y] = this.placeOf(chosen, view, now);
      if (this.counting) stamp(view.ctx, this.atlas!, this.spriteIndex(chosen), pose.heading, x, y);
      if (!this.ringed.has(this.chosenId!)) circle(view.ctx, x, y, 17, 1.5, COLOUR.text, 0.7);
    }
    for (const id of this.pulses.keys()) if (!this.ringed.has(id)) this.pulses.delete(id);

    const plates = [chosen, this.hovered >= 0 && this.hovered < this.fleet.count ? this.hovered : null, ...(this.plates ? named : [])];
    for (const i of new Set(plates)) if (i !== null) this.drawPlate(view, i, now, book, i === chosen || i === this.hovered);
  }

  private drawRing({ ctx }: View, id: string, x: number, y: number, now: number): void {
    const red = SEVERITY_COLOUR.critical;
    circle(ctx, x, y, 20, 2, red, 0.85);
    circle(ctx, x, y, 29, 1, red, 0.4);
    const began = this.pulses.get(id);
    if (began === undefined) return;
    const u = (now - began) / PULSE_MS;
    if (u >= 1) this.pulses.delete(id);
    else circle(ctx, x, y, 20 + 60 * (1 - (1 - u) ** 3), 3 * (1 - u) + 0.5, red, 1 - u);
  }

  private drawPlate(view: View, i: number, now: number, book: LabelBook, must: boolean): void {
    const { ctx } = view;
    const [x, y] = this.placeOf(i, view, now);
    const speed = this.fleet.speedKmh[i]!;
    const plate = plateWords(this.fleet.plates[i]!);
    const told = Number.isNaN(speed) ? '' : `${Math.round(speed)} km/h`;
    ctx.font = `600 14px ${FONT}`;
    const width = textWidth(ctx, plate) + (told ? textWidth(ctx, told) + 8 : 0) + 20;
    const left = x + width + 30 > view.width ? x - width - 18 : x + 18;
    const top = y - 46 < 4 ? y + 18 : y - 46;
    if (!book.fits(left, top, width, 30) && !must) return;

    const alerting = this.fleet.state[i] === STATES.indexOf('alert');
    const border = this.ringed.has(this.fleet.ids[i]!)
      ? SEVERITY_COLOUR.critical
      : alerting
        ? SEVERITY_COLOUR[this.worst.get(this.fleet.ids[i]!) ?? 'serious']
        : COLOUR.line;
    ctx.beginPath();
    ctx.roundRect(left, top, width, 30, 6);
    ctx.fillStyle = `${COLOUR.label}f2`;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = border;
    ctx.stroke();
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = COLOUR.text;
    ctx.fillText(plate, left + 10, top + 15.5);
    ctx.fillStyle = COLOUR.soft;
    if (told) ctx.fillText(told, left + width - 10 - textWidth(ctx, told), top + 15.5);
  }

  private placeOf(i: number, view: View, now: number): [number, number] {
    this.fleet.pose(i, now);
    return [pose.x * view.scale - view.left, pose.y * view.scale - view.top];
  }

  private spriteIndex(i: number): number {
    const state = this.fleet.state[i]!;
    // Only the few that alert need to be looked up by id.
    if (STATES[state] !== 'alert') return SPRITE_INDEX[STATES[state] as 'empty'];
    return SPRITE_INDEX[spriteOf('alert', this.worst.get(this.fleet.ids[i]!) ?? null)];
  }
}

function circle(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, width: number, colour: string, alpha: number): void {
  ctx.globalAlpha = alpha;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.globalAlpha = 1;
}
