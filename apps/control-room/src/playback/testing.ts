import type { FixPage } from '@muckwatch/contract';

/** A page with these fixes: seconds after noon, metres are a degree here. */
export function pageOf(
  fixes: { s: number; lon?: number; lat?: number; speed?: number; heading?: number; cover?: 'open' | 'closed'; doubt?: string; late?: boolean }[],
): FixPage {
  return {
    truckId: 't1',
    from: '2026-11-23T12:00:00Z',
    nextFrom: null,
    stored: fixes.length,
    at: fixes.map(({ s }) => NOON + s * 1_000),
    lat: fixes.map(({ lat }) => lat ?? 31),
    lon: fixes.map(({ lon }) => lon ?? 113),
    speedKmh: fixes.map(({ speed }) => speed ?? null),
    headingDeg: fixes.map(({ heading }) => heading ?? null),
    loadKg: null,
    loadState: null,
    bedAngleDeg: null,
    bed: null,
    cover: fixes.map(({ cover }) => cover ?? null),
    ignition: null,
    late: fixes.map(({ late }) => late ?? false),
    doubt: fixes.map(({ doubt }) => doubt ?? null),
  };
}

export const NOON = Date.parse('2026-11-23T12:00:00Z');
