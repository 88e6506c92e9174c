import type { SightingResource } from '@muckwatch/contract';

/** A sighting for specs: say only what matters. */
export function aSighting(said: Partial<SightingResource> = {}): SightingResource {
  const at = said.at ?? '2026-11-23T13:00:00.000Z';
  return {
    id: 'c7-1',
    camera: { id: 'c7', name: '东门抓拍机' },
    place: { id: 's1', name: '城南安置房' },
    at,
    heardAt: at,
    kind: 'pass',
    direction: null,
    confidence: null,
    truck: null,
    plate: null,
    plateConfidence: null,
    covered: null,
    coveredConfidence: null,
    wheelsClean: null,
    wheelsCleanConfidence: null,
    picture: null,
    snapshotUrl: null,
    ...said,
  };
}
