import { deflateSync } from 'node:zlib';
import { Random } from './random.js';

const [WIDTH, HEIGHT] = [160, 100];

/** What a camera in a cab takes at night, as a small grey PNG: a road, a bonnet, lamps. Base64. */
export function nightPhoto(seed: string): string {
  const random = new Random(seed);
  const lamps = Array.from({ length: random.whole(3, 7) }, () => ({ x: random.whole(5, WIDTH - 5), y: random.whole(8, 38) }));
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const road = y > 42 && Math.abs(x - WIDTH / 2) < (y - 40) * 1.3 ? 46 : 14;
      const line = y > 42 && y < 84 && Math.abs(x - WIDTH / 2) < 1 + (y - 42) / 20 && y % 12 < 6 ? 150 : 0;
      const light = lamps.reduce((sum, lamp) => sum + 900 / (4 + (x - lamp.x) ** 2 + (y - lamp.y) ** 2), 0);
      const bonnet = y > 84 ? 70 - (y - 84) * 2 : 0;
      rows[y * (WIDTH + 1) + 1 + x] = Math.min(255, Math.max(road, line, bonnet) + light + random.whole(0, 9));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]).toString('base64');
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
