import type { EpochMs, Point } from '@muckwatch/domain';
import { east } from '@muckwatch/domain/testing';
import type { WireReport } from '../../apps/simulator/src/index.js';
import type { Night } from './night.js';

const EVERY_S = 10;
const MINUTE_MS = 60_000;
/** Where the reports of a haul begin: long enough ago that every haul of a test has ended. */
export const AN_HOUR_AGO: EpochMs = Math.floor(Date.now() / MINUTE_MS - 60) * MINUTE_MS;

/** So many seconds at one speed, with what the sensors say meanwhile. */
export type Leg = { seconds: number; kmh: number; refused?: true } & Omit<Partial<WireReport>, 'time' | 'lat' | 'lon' | 'speedKmh'>;

/** One haul with a violation of each rule: out of the site uncovered, too fast, through the forbidden zone, spilling, and dumped beside the road. */
export const CROOKED: Leg[] = [
  { seconds: 30, kmh: 0, loadKg: 500, cover: 'open' },
  { seconds: 40, kmh: 0, loadKg: 18_000, cover: 'open' },
  { seconds: 60, kmh: 40, loadKg: 18_000, cover: 'open' },
  { seconds: 30, kmh: 40, loadKg: 18_000 },
  { seconds: 60, kmh: 80, loadKg: 18_000 },
  { seconds: 40, kmh: 40, loadKg: 18_000 },
  { seconds: 60, kmh: 30, loadKg: 18_000 },
  { seconds: 40, kmh: 30, loadKg: 17_500, bedAngleDeg: 20, bed: 'raised' },
  { seconds: 30, kmh: 40, loadKg: 17_000 },
  { seconds: 40, kmh: 0, loadKg: 12_000, bedAngleDeg: 45, bed: 'raised' },
  { seconds: 20, kmh: 0, loadKg: 400, bedAngleDeg: 45, bed: 'raised' },
  { seconds: 90, kmh: 40, loadKg: 400 },
];

/** What a terminal says of its way along the street, which begins in the middle of the site and leads east. */
export function haul(legs: Leg[], from: EpochMs = AN_HOUR_AGO): WireReport[] {
  let at = from;
  let metres = 0;
  let seq = 0;
  return legs.flatMap(({ seconds, kmh, ...said }) =>
    Array.from({ length: seconds / EVERY_S }, () => {
      const [lon, lat] = east(metres);
      const report = { time: at, lat, lon, speedKmh: kmh, headingDeg: 90, accuracyM: 5, ignition: true, seq: seq++ };
      at += EVERY_S * 1_000;
      metres += (kmh / 3.6) * EVERY_S;
      return { ...report, bed: 'down' as const, bedAngleDeg: 0, cover: 'closed' as const, ...said };
    }),
  );
}

/** The street's places, and trucks `truck-0`… with terminals `terminal-0`… */
export function streetRegistry(trucks: number): Night['registry'] {
  const numbers = Array.from({ length: trucks }, (_, i) => i);
  return {
    companies: [{ id: 'company', name: '测试运输', phone: '0722-3000000' }],
    trucks: numbers.map((i) => ({
      id: `truck-${i}`,
      plate: `鄂S${String(i).padStart(5, '0')}`,
      companyId: 'company',
      ratedLoadKg: 18_000,
      boxM3: 14,
      colour: '#ffffff',
    })),
    terminals: numbers.map((i) => ({ id: `terminal-${i}`, truckId: `truck-${i}`, secret: `secret of terminal-${i}` })),
    places: { type: 'FeatureCollection', features: [place('site', 0), place('no-go', 3_000), place('yard', 9_000)] },
    permits: [
      {
        id: 'permit',
        companyId: 'company',
        siteId: 'site',
        yardIds: ['yard'],
        truckIds: [],
        routeIds: [],
        hours: null,
        validFrom: '2020-01-01T00:00:00+08:00',
        validTo: null,
        volumeM3: 1_000_000,
      },
    ],
  };
}

function place(kind: string, metres: number): Night['registry']['places']['features'][number] {
  const corners: Point[] = [east(metres - 150, -150), east(metres + 150, -150), east(metres + 150, 150), east(metres - 150, 150)];
  return {
    type: 'Feature',
    properties: { id: kind, kind, name: kind, validFrom: '2020-01-01T00:00:00+08:00' },
    geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]!]] },
  };
}
