import type { Severity } from '@muckwatch/contract';
import { COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';

export const SPRITES = ['empty', 'loaded', 'unknown', 'silent', 'minor', 'serious', 'critical'] as const;
export type Sprite = (typeof SPRITES)[number];

/** Shape tells the state without colour: hollow empty, filled loaded, a dot inside where the load is unknown, dashed silent; alerting ones are larger. */
export function spriteOf(state: 'empty' | 'loaded' | 'unknown' | 'alert' | 'silent', worst: Severity | null): Sprite {
  // The state is told every second, an alert when it changes: for an instant one may come without the other.
  if (state === 'alert') return worst ?? 'serious';
  return state;
}

const HEADINGS = 72;
const SIZE = 30;

/** Far out the sprites are smaller, so that the city stays quiet; three sizes, each drawn once. */
export const sizeAt = (zoom: number): number => (zoom < 12.4 ? 0.76 : zoom < 13.6 ? 0.88 : 1);

/** One picture with every sprite at every 5°, so that a truck costs one `drawImage`; the last column is for trucks whose heading was never said. */
export interface Atlas {
  image: HTMLCanvasElement;
  dpr: number;
  /** Side of one sprite, CSS px. */
  side: number;
}

export function makeAtlas(dpr: number, size: number): Atlas {
  const side = Math.round(SIZE * size);
  const image = document.createElement('canvas');
  image.width = side * (HEADINGS + 1) * dpr;
  image.height = side * SPRITES.length * dpr;
  const ctx = image.getContext('2d')!;
  ctx.scale(dpr, dpr);
  SPRITES.forEach((sprite, row) => {
    for (let column = 0; column <= HEADINGS; column++) {
      ctx.save();
      ctx.translate((column + 0.5) * side, (row + 0.5) * side);
      ctx.scale(size, size);
      drawTruck(ctx, sprite, column === HEADINGS ? NaN : column * (360 / HEADINGS));
      ctx.restore();
    }
  });
  return { image, dpr, side };
}

export function stamp(ctx: CanvasRenderingContext2D, atlas: Atlas, sprite: number, headingDeg: number, x: number, y: number): void {
  const column = headingDeg >= 0 ? Math.round(headingDeg / (360 / HEADINGS)) % HEADINGS : HEADINGS;
  const { side } = atlas;
  const from = side * atlas.dpr;
  ctx.drawImage(atlas.image, column * from, sprite * from, from, from, x - side / 2, y - side / 2, side, side);
}

interface Look {
  fill: string | null;
  stroke: string;
  dash: number[];
  scale: number;
}

const LOOK: Record<Sprite, Look> = {
  empty: { fill: null, stroke: COLOUR.hollow, dash: [], scale: 0.9 },
  loaded: { fill: COLOUR.text, stroke: COLOUR.ground, dash: [], scale: 1.02 },
  unknown: { fill: null, stroke: COLOUR.hollow, dash: [], scale: 0.9 },
  silent: { fill: null, stroke: COLOUR.silent, dash: [2, 2], scale: 0.9 },
  minor: { fill: SEVERITY_COLOUR.minor, stroke: COLOUR.ground, dash: [], scale: 1.1 },
  serious: { fill: SEVERITY_COLOUR.serious, stroke: COLOUR.ground, dash: [], scale: 1.15 },
  critical: { fill: SEVERITY_COLOUR.critical, stroke: '#ffffff', dash: [], scale: 1.25 },
};

/** Centred on the origin, nose to `headingDeg`; a heading never said is a round mark, not an arrow to the north. */
export function drawTruck(ctx: CanvasRenderingContext2D, sprite: Sprite, headingDeg: number): void {
  const look = LOOK[sprite];
  ctx.scale(look.scale, look.scale);
  ctx.beginPath();
  if (Number.isNaN(headingDeg)) {
    ctx.arc(0, 0, 5, 0, Math.PI * 2);
  } else {
    ctx.rotate((headingDeg * Math.PI) / 180);
    ctx.moveTo(0, -8);
    ctx.lineTo(6, 7);
    ctx.lineTo(0, 3.5);
    ctx.lineTo(-6, 7);
    ctx.closePath();
  }
  ctx.lineJoin = 'round';
  ctx.lineWidth = 1.3;
  ctx.strokeStyle = look.stroke;
  ctx.setLineDash(look.dash);
  if (look.fill) {
    ctx.fillStyle = look.fill;
    ctx.fill();
  }
  ctx.stroke();
  if (sprite === 'unknown') {
    ctx.beginPath();
    ctx.arc(0, 1.2, 1.7, 0, Math.PI * 2);
    ctx.fillStyle = look.stroke;
    ctx.fill();
  }
}
