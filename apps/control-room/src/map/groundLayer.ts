import type { PlaceKind } from '@muckwatch/contract';
import { words } from '../i18n/index.js';
import { COLOUR, FONT, PLACE_COLOUR } from '../theme/tokens.js';
import { type BasePart, isMajor, type Path, type RoadClass, roadWidth, widestInside } from './baseParts.js';
import { CanvasLayer, type View } from './canvasLayer.js';
import { LabelBook, textWidth } from './labels.js';
import type { MapPlace } from './places.js';

/** Who gets room for its name first, and from what width on the screen it is named at all. */
const NAME_ORDER: PlaceKind[] = ['no-go', 'yard', 'site', 'parking-lot', 'speed-zone', 'wash-bay'];
const NAMED_FROM_PX: Record<PlaceKind, number> = { 'no-go': 7, yard: 6, site: 7, 'parking-lot': 12, 'speed-zone': 36, 'wash-bay': 16 };

/** A long road bears its name again after this much of it. */
const NAME_AGAIN_PX = 420;

const ROADS_LOW_TO_HIGH: RoadClass[] = ['street', 'secondary', 'primary', 'trunk'];

/** Everything that lies still: the base map, the places and their names, on one canvas so that names keep clear of each other. */
export class GroundLayer extends CanvasLayer {
  base: BasePart[] = [];
  places: MapPlace[] = [];
  hidden = new Set<PlaceKind>();
  names = true;
  chosenPlace: string | null = null;
  /** Places that stand out beside the chosen one: those of a permit. */
  marked: ReadonlySet<string> = new Set();
  private hatch: CanvasPattern | null = null;

  constructor() {
    super('ground', 0.3, false);
  }

  get visiblePlaces(): MapPlace[] {
    return this.places.filter((place) => !this.hidden.has(place.kind));
  }

  private standsOut(place: MapPlace): boolean {
    return place.id === this.chosenPlace || this.marked.has(place.id);
  }

  protected draw(view: View): void {
    this.drawAreas(view);
    this.drawRoads(view);
    const places = this.visiblePlaces;
    for (const place of places) this.drawPlace(view, place);
    if (!this.names) return;
    const book = new LabelBook(view.width, view.height);
    this.namePlaces(view, places, book);
    this.nameRoads(view, book);
  }

  private drawAreas(view: View): void {
    const { ctx } = view;
    for (const kind of ['built', 'green', 'water'] as const) {
      ctx.fillStyle = ctx.strokeStyle = COLOUR[kind];
      for (const part of this.base) {
        if (part.kind !== kind) continue;
        ctx.beginPath();
        for (const path of part.paths) if (inView(view, path)) trace(view, path);
        if (part.closed) {
          ctx.fill('evenodd');
        } else {
          // A river given as a line.
          ctx.lineWidth = Math.max(2, 6 * 1.6 ** (view.zoom - 12));
          ctx.lineCap = ctx.lineJoin = 'round';
          ctx.stroke();
        }
      }
    }
  }

  private drawRoads(view: View): void {
    const { ctx } = view;
    ctx.lineCap = ctx.lineJoin = 'round';
    for (const roadClass of ROADS_LOW_TO_HIGH) {
      const width = roadWidth(roadClass, view.zoom);
      if (width === null) continue;
      ctx.beginPath();
      for (const part of this.base) {
        if (part.kind !== 'road' || part.roadClass !== roadClass) continue;
        for (const path of part.paths) if (inView(view, path)) trace(view, path);
      }
      ctx.lineWidth = width;
      ctx.strokeStyle = isMajor(roadClass) ? COLOUR.roadMajor : COLOUR.roadMinor;
      ctx.stroke();
    }
  }

  private drawPlace(view: View, place: MapPlace): void {
    if (!inView(view, place)) return;
    const { ctx } = view;
    const colour = PLACE_COLOUR[place.kind];
    const chosen = this.standsOut(place);
    ctx.beginPath();
    for (const ring of place.rings) trace(view, ring);
    ctx.globalAlpha = chosen ? 0.26 : place.kind === 'speed-zone' ? 0.07 : 0.14;
    ctx.fillStyle = colour;
    ctx.fill('evenodd');
    if (place.kind === 'no-go') {
      ctx.globalAlpha = 0.5;
      ctx.fillStyle = this.hatching(ctx);
      ctx.fill('evenodd');
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash(place.kind === 'speed-zone' ? [5, 4] : []);
    ctx.lineWidth = chosen ? 2.6 : 1.6;
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** The name stands above the top left corner, as in the drawing; the chosen one first, then what an operator asks for first, then by size. */
  private namePlaces(view: View, places: MapPlace[], book: LabelBook): void {
    const { ctx } = view;
    const t = words();
    ctx.font = `13px ${FONT}`;
    ctx.textBaseline = 'alphabetic';
    ctx.textAlign = 'left';
    const wide = (place: MapPlace) => (place.east - place.west) * view.scale;
    const named = places
      .filter((place) => inView(view, place) && (this.standsOut(place) || wide(place) >= NAMED_FROM_PX[place.kind]))
      .sort((a, b) => Number(this.standsOut(b)) - Number(this.standsOut(a)) || NAME_ORDER.indexOf(a.kind) - NAME_ORDER.indexOf(b.kind) || wide(b) - wide(a));
    for (const place of named) {
      const text = place.kind === 'speed-zone' && place.properties.limitKmh ? `${t.map.limit} ${place.properties.limitKmh}` : place.name;
      const left = place.west * view.scale - view.left + 1;
      const baseline = place.north * view.scale - view.top - 6;
      if (!book.fits(left, baseline - 13, textWidth(ctx, text), 17)) continue;
      ctx.strokeStyle = COLOUR.map;
      ctx.lineWidth = 3;
      ctx.strokeText(text, left, baseline);
      ctx.fillStyle = PLACE_COLOUR[place.kind];
      ctx.fillText(text, left, baseline);
    }
  }

  /** Names of roads and waters, close in only: along the longest straight of what is in view. */
  private nameRoads(view: View, book: LabelBook): void {
    if (view.zoom < 14) return;
    const { ctx } = view;
    ctx.font = `12px ${FONT}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    for (const part of this.base) {
      if (!part.name || (part.kind === 'road' && !isMajor(part.roadClass) && view.zoom < 15)) continue;
      if (part.closed) this.nameWithin(view, part, part.name, book);
      else for (const path of part.paths) if (inView(view, path)) this.nameAlong(view, path, part.name, book);
    }
  }

  /** Waters and parks bear their name where they are widest in the picture. */
  private nameWithin(view: View, part: BasePart, name: string, book: LabelBook): void {
    const paths = part.paths.filter((path) => inView(view, path));
    let widest: { x: number; y: number; width: number } | null = null;
    for (const share of [0.5, 0.35, 0.65, 0.25, 0.75]) {
      const y = view.top + view.height * share;
      const found = widestInside(paths, y / view.scale, view.left / view.scale, (view.left + view.width) / view.scale);
      if (found && (!widest || found.width * view.scale > widest.width))
        widest = { x: found.middle * view.scale - view.left, y: y - view.top, width: found.width * view.scale };
    }
    const { ctx } = view;
    const width = textWidth(ctx, name);
    if (!widest || widest.width < width + 12 || !book.fits(widest.x - width / 2, widest.y - 8, width, 16, 12)) return;
    ctx.fillStyle = COLOUR.mapName;
    ctx.fillText(name, widest.x, widest.y);
  }

  private nameAlong(view: View, path: Path, name: string, book: LabelBook): void {
    const { ctx } = view;
    const width = textWidth(ctx, name);
    const { line } = path;
    let lastX = -Infinity;
    let lastY = -Infinity;
    for (let i = 0; i + 3 < line.length; i += 2) {
      const stretch = straightFrom(view, line, i, width * 1.25);
      if (!stretch) continue;
      const { x, y, dx, dy, length } = stretch;
      if (Math.hypot(x - lastX, y - lastY) < NAME_AGAIN_PX) continue;
      const boxW = (Math.abs(dx) / length) * width + 14;
      const boxH = (Math.abs(dy) / length) * width + 14;
      if (!book.fits(x - boxW / 2, y - boxH / 2, boxW, boxH, 30)) continue;
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(Math.atan2(dx < 0 ? -dy : dy, Math.abs(dx)));
      ctx.strokeStyle = COLOUR.map;
      ctx.lineWidth = 3;
      ctx.strokeText(name, 0, 0);
      ctx.fillStyle = COLOUR.mapName;
      ctx.fillText(name, 0, 0);
      ctx.restore();
      lastX = x;
      lastY = y;
    }
  }

  private hatching(ctx: CanvasRenderingContext2D): CanvasPattern {
    if (this.hatch) return this.hatch;
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const g = tile.getContext('2d')!;
    g.strokeStyle = PLACE_COLOUR['no-go'];
    g.lineWidth = 1.6;
    g.beginPath();
    for (const offset of [-8, 0, 8]) {
      g.moveTo(offset - 1, 9);
      g.lineTo(offset + 9, -1);
    }
    g.stroke();
    return (this.hatch = ctx.createPattern(tile, 'repeat')!);
  }
}

/** The stretch of a line from its point `i` on that is at least `least` px long, if it is straight enough to write along. */
function straightFrom(view: View, line: Float64Array, i: number, least: number) {
  const x0 = line[i]! * view.scale - view.left;
  const y0 = line[i + 1]! * view.scale - view.top;
  let arc = 0;
  for (let j = i + 2; j + 1 < line.length; j += 2) {
    arc += Math.hypot(line[j]! - line[j - 2]!, line[j + 1]! - line[j - 1]!) * view.scale;
    if (arc < least) continue;
    const dx = line[j]! * view.scale - view.left - x0;
    const dy = line[j + 1]! * view.scale - view.top - y0;
    const length = Math.hypot(dx, dy);
    return length > arc * 0.97 ? { x: x0 + dx / 2, y: y0 + dy / 2, dx, dy, length } : null;
  }
  return null;
}

interface Box {
  west: number;
  north: number;
  east: number;
  south: number;
}

function inView(view: View, box: Box): boolean {
  const margin = 30;
  return (
    box.east * view.scale - view.left > -margin &&
    box.west * view.scale - view.left < view.width + margin &&
    box.south * view.scale - view.top > -margin &&
    box.north * view.scale - view.top < view.height + margin
  );
}

function trace(view: View, { line }: Path): void {
  const { ctx, scale, left, top } = view;
  ctx.moveTo(line[0]! * scale - left, line[1]! * scale - top);
  for (let i = 2; i < line.length; i += 2) ctx.lineTo(line[i]! * scale - left, line[i + 1]! * scale - top);
}
