import type { NoticeDetail } from '@muckwatch/contract';

/** A line of the background near the place, in degrees. */
export interface BaseLine {
  kind: 'road' | 'water' | 'green' | 'built' | 'place';
  main: boolean;
  points: [lon: number, lat: number][];
}
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is drawn: a place, and the way of a truck past it. */
export interface Mapped {
  position: NoticeDetail['position'];
  track: { lat: number; lon: number }[];
}

/** So much of the surroundings to each side at least, however short the track is. */
const LEAST_M = 500;
const M_A_DEGREE = 111_320;
const STROKE = { road: '#d9d9d9', water: '#b9d3ea', green: '#d4e6cf', built: '#e8e8e8', place: '#b07d2b' } as const;
const SCALES_M = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/** The degrees that a map of this shape shows: the place in the middle, and all of the track. */
export function frameOf({ position, track }: Mapped, { width, height }: Pick<Box, 'width' | 'height'>) {
  const centre = position!;
  const mPerLon = M_A_DEGREE * Math.cos((centre.lat * Math.PI) / 180);
  const farthest = track.reduce(
    (far, { lon, lat }) => ({
      x: Math.max(far.x, Math.abs(lon - centre.lon) * mPerLon),
      y: Math.max(far.y, Math.abs(lat - centre.lat) * M_A_DEGREE),
    }),
    { x: 0, y: 0 },
  );
  const mPerPoint = Math.max(LEAST_M, 1.15 * farthest.x, (1.15 * farthest.y * width) / height) / (width / 2);
  const [halfLon, halfLat] = [(mPerPoint * width) / 2 / mPerLon, (mPerPoint * height) / 2 / M_A_DEGREE];
  return { west: centre.lon - halfLon, east: centre.lon + halfLon, south: centre.lat - halfLat, north: centre.lat + halfLat, mPerPoint };
}

/** Roads in grey, the truck's track in black, the place of the violation as a ring; a scale. */
export function drawMap(paper: PDFKit.PDFDocument, box: Box, notice: Mapped, base: BaseLine[]): void {
  const frame = frameOf(notice, box);
  const place = (lon: number, lat: number): [number, number] => [
    box.x + ((lon - frame.west) / (frame.east - frame.west)) * box.width,
    box.y + ((frame.north - lat) / (frame.north - frame.south)) * box.height,
  ];
  const trace = (points: [number, number][]) =>
    points.forEach(([lon, lat], i) => (i === 0 ? paper.moveTo(...place(lon, lat)) : paper.lineTo(...place(lon, lat))));

  paper.save().rect(box.x, box.y, box.width, box.height).clip();
  for (const { kind, main, points } of base) {
    trace(points);
    paper.lineWidth(main ? 2.6 : 1.1).stroke(STROKE[kind]);
  }
  if (notice.track.length > 1) {
    trace(notice.track.map(({ lon, lat }) => [lon, lat]));
    paper.lineWidth(1.4).stroke('#222222');
  }
  const [x, y] = place(notice.position!.lon, notice.position!.lat);
  paper.circle(x, y, 6).lineWidth(2).stroke('#c02020').circle(x, y, 1.6).fill('#c02020').restore();
  paper.rect(box.x, box.y, box.width, box.height).lineWidth(0.7).stroke('#999999');
  scale(paper, box, frame.mPerPoint);
}

function scale(paper: PDFKit.PDFDocument, box: Box, mPerPoint: number): void {
  const metres = SCALES_M.findLast((m) => m / mPerPoint <= box.width / 3) ?? SCALES_M[0]!;
  const [left, y] = [box.x + 10, box.y + box.height - 10];
  paper
    .moveTo(left, y)
    .lineTo(left + metres / mPerPoint, y)
    .lineWidth(1.5)
    .stroke('#333333');
  const words = metres < 1_000 ? `${metres} m` : `${metres / 1_000} km`;
  paper
    .font('regular')
    .fontSize(8)
    .fillColor('#333333')
    .text(words, left, y - 13, { lineBreak: false });
}
