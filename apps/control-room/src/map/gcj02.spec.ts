import { shownAt, tileRect, trueAt } from './gcj02.js';
import { latOf, lonOf, worldX, worldY } from './projection.js';

const CITIES: [name: string, lon: number, lat: number][] = [
  ['Suizhou', 113.37, 31.69],
  ['Ningbo', 121.55, 29.87],
  ['Shenzhen', 114.06, 22.54],
  ['Harbin', 126.53, 45.8],
  ['Kashgar', 75.99, 39.47],
];
const tileOf = (lon: number, lat: number, z: number) => ({ x: Math.floor(worldX(lon) * 2 ** z), y: Math.floor(worldY(lat) * 2 ** z), z });

describe('tiles in GCJ-02', () => {
  it('are moved by what the datum is off: some 500 m in Suizhou', () => {
    const z = 16;
    const scale = 256 * 2 ** z;
    const [x, y] = [worldX(113.37) * scale, worldY(31.69) * scale];
    const [sx, sy] = shownAt(x, y, z);
    const metres = Math.hypot((lonOf(sx / scale) - 113.37) * 94_600, (latOf(sy / scale) - 31.69) * 110_900);
    expect(metres).toBeGreaterThan(400);
    expect(metres).toBeLessThan(700);
  });

  it('come back to where they were, to 0.5 px at the nearest zoom', () => {
    for (const [, lon, lat] of CITIES) {
      const scale = 256 * 2 ** 19;
      const [x, y] = [worldX(lon) * scale, worldY(lat) * scale];
      const [bx, by] = trueAt(...shownAt(x, y, 19), 19);
      expect(Math.hypot(bx - x, by - y)).toBeLessThan(0.5);
    }
  });

  it.each([12, 13, 14, 15, 16, 17, 18, 19])('show everything within 1 px of where it is, all over a screen, at zoom %i', (z) => {
    let worst = 0;
    for (const [, lon, lat] of CITIES) {
      const middle = tileOf(lon, lat, z);
      // A screen of 1920 × 1080 has 8 × 5 tiles.
      for (let dx = -4; dx <= 4; dx++)
        for (let dy = -3; dy <= 3; dy++) {
          const tile = { x: middle.x + dx, y: middle.y + dy, z };
          const { left, top, width, height } = tileRect(tile);
          for (const u of [0, 0.5, 1])
            for (const v of [0, 0.5, 1]) {
              const [x, y] = trueAt((tile.x + u) * 256, (tile.y + v) * 256, z);
              worst = Math.max(worst, Math.abs(left + u * width - x), Math.abs(top + v * height - y));
            }
        }
    }
    expect(worst).toBeLessThan(1);
  });

  it('meet their neighbours without a seam', () => {
    for (const [, lon, lat] of CITIES) {
      const tile = tileOf(lon, lat, 15);
      const [here, east, south] = [tileRect(tile), tileRect({ ...tile, x: tile.x + 1 }), tileRect({ ...tile, y: tile.y + 1 })];
      expect(here.left + here.width).toBe(east.left);
      expect(here.top + here.height).toBe(south.top);
    }
  });
});
