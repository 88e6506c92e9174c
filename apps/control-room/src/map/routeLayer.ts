import { COLOUR, FONT, ROUTE_COLOUR } from '../theme/tokens.js';
import { CanvasLayer, type View } from './canvasLayer.js';
import { LabelBook, textWidth } from './labels.js';
import { bandPx, type MapRoute } from './routes.js';

/** How much further than the view it is drawn, as a share of the view. */
const BEYOND = 0.3;
/** Under this a band is thinner than its own line. */
const BAND_FROM_PX = 4;
const FAR_SHARE = 0.12;

/** Approved routes: a thin line in a band that is as wide as the route, to scale. The chosen ones stand out and bear their names. */
export class RouteLayer extends CanvasLayer {
  routes: readonly MapRoute[] = [];
  chosen: ReadonlySet<string> = new Set();
  /** The one under edit is drawn by whoever edits it. */
  editedId: string | null = null;
  hidden = false;
  /** Under an edit the others step back. */
  quiet = false;

  constructor() {
    super('routes', BEYOND, false);
  }

  get visible(): MapRoute[] {
    return this.routes.filter(({ id }) => id !== this.editedId && (!this.hidden || this.chosen.has(id)));
  }

  protected draw(view: View): void {
    const shown = this.visible.filter((route) => inView(view, route));
    const chosen = shown.filter(({ id }) => this.chosen.has(id));
    const others = new Map<number, MapRoute[]>();
    for (const route of shown) if (!this.chosen.has(route.id)) others.set(route.widthM, [...(others.get(route.widthM) ?? []), route]);
    for (const alike of others.values()) drawRoutes(view, alike, this.quiet ? 'quiet' : 'plain');
    for (const route of chosen) drawRoutes(view, [route], 'chosen');
    const book = new LabelBook(view.width, view.height);
    for (const route of chosen) nameRoute(view, route, book);
  }
}

const LOOK = {
  quiet: { band: 0.05, line: 0.3, weight: 1.2 },
  plain: { band: 0.1, line: 0.6, weight: 1.6 },
  chosen: { band: 0.24, line: 1, weight: 2.6 },
};

/** Routes of one width. Near by, they are one stroke: where a dozen share a road it is no brighter than where one goes alone. */
function drawRoutes(view: View, routes: readonly MapRoute[], how: keyof typeof LOOK): void {
  const { ctx } = view;
  const look = LOOK[how];
  const band = bandPx(routes[0]!, view.scale);
  ctx.save();
  ctx.lineCap = ctx.lineJoin = 'round';
  ctx.strokeStyle = ROUTE_COLOUR;
  if (band >= BAND_FROM_PX) {
    ctx.beginPath();
    for (const route of routes) trace(view, route);
    ctx.globalAlpha = look.band;
    ctx.lineWidth = band;
    ctx.stroke();
    ctx.globalAlpha = look.line;
    ctx.lineWidth = look.weight;
    ctx.stroke();
  } else {
    // Seen from far away dozens of them lie upon each other on the great roads: there the trucks are what matters, and how many share a road shows.
    ctx.globalAlpha = how === 'chosen' ? look.line : look.line * FAR_SHARE;
    ctx.lineWidth = look.weight;
    for (const route of routes) {
      ctx.beginPath();
      trace(view, route);
      ctx.stroke();
    }
  }
  ctx.restore();
}

function nameRoute(view: View, route: MapRoute, book: LabelBook): void {
  const { ctx } = view;
  const line = route.paths[0]!.line;
  const middle = 2 * Math.floor(line.length / 4);
  const [x, y] = [line[middle]! * view.scale - view.left, line[middle + 1]! * view.scale - view.top];
  ctx.font = `600 13px ${FONT}`;
  const width = textWidth(ctx, route.name);
  // The canvas reaches further than the view: at its right edge the name stands on the other side of the line.
  const edge = view.width * (1 - BEYOND / (1 + 2 * BEYOND)) - 12;
  const left = x + 10 + width < edge ? x + 10 : x - 10 - width;
  if (!book.fits(left, y - 22, width, 17)) return;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.strokeStyle = COLOUR.map;
  ctx.lineWidth = 4;
  ctx.lineJoin = 'round';
  ctx.strokeText(route.name, left, y - 8);
  ctx.fillStyle = ROUTE_COLOUR;
  ctx.fillText(route.name, left, y - 8);
}

function trace({ ctx, scale, left, top }: View, route: MapRoute): void {
  for (const { line } of route.paths) {
    ctx.moveTo(line[0]! * scale - left, line[1]! * scale - top);
    for (let i = 2; i < line.length; i += 2) ctx.lineTo(line[i]! * scale - left, line[i + 1]! * scale - top);
  }
}

function inView(view: View, route: MapRoute): boolean {
  const margin = 40 + bandPx(route, view.scale) / 2;
  return (
    route.east * view.scale - view.left > -margin &&
    route.west * view.scale - view.left < view.width + margin &&
    route.south * view.scale - view.top > -margin &&
    route.north * view.scale - view.top < view.height + margin
  );
}
