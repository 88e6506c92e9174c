import type { Alert, TrackPoint } from '@muckwatch/contract';

/** An alert for specs: say only what matters. */
export function anAlert(said: Partial<Alert> = {}): Alert {
  const began = said.began ?? '2026-11-23T13:04:40.000Z';
  const rule = said.rule ?? 'speeding';
  const id = said.id ?? `${rule}:truck-7:-:${Date.parse(began)}`;
  return {
    id,
    version: 1,
    incident: id,
    rule,
    severity: 'serious',
    status: 'open',
    cleared: false,
    truck: { id: 'truck-7', plate: '鄂S8K217' },
    company: { id: 'c-1', name: '顺达渣土运输' },
    place: null,
    began,
    ended: null,
    late: false,
    contradicted: null,
    changedSinceDecided: false,
    snoozed: false,
    openedAt: began,
    summary: { zh: '', en: '' },
    position: { lat: 31.69, lon: 113.37 },
    evidence: {},
    putRight: null,
    assignee: null,
    decision: null,
    ...said,
  };
}

/** A point of a track at a time; everything not said is not said. */
export function pointAt(at: string, said: Partial<TrackPoint> = {}): TrackPoint {
  return {
    at,
    lat: 31,
    lon: 113,
    speedKmh: null,
    headingDeg: null,
    loadKg: null,
    loadState: null,
    bedAngleDeg: null,
    bed: null,
    cover: null,
    ignition: null,
    late: false,
    doubt: null,
    ...said,
  };
}
