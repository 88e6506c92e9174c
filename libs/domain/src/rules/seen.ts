import type { EvidenceNumbers, Severity } from '../alert.js';
import type { SightingMoment } from '../moment.js';
import type { Found } from '../rule.js';
import type { Sighted } from '../sighting.js';

/** A finding of one sighting, over as soon as it is made, at the camera. */
export function foundBySight(moment: SightingMoment, severity: Severity, evidence: EvidenceNumbers, scope: string = moment.camera.id): Found {
  const { at, point, place } = moment;
  return { scope, began: at, point, ended: at, opened: true, severity, placeId: place?.id ?? null, evidence };
}

/** A camera says it with at least this confidence; one that says no confidence accuses nobody. */
export function sure(confidence: number | null, atLeast: number): boolean {
  return confidence !== null && confidence >= atLeast;
}

/** A truck that drives out past the gate camera of a site. */
export function leavesSite({ place, sighting }: { place: SightingMoment['place']; sighting: Sighted }): boolean {
  return place !== null && place.kind === 'site' && sighting.direction === 'out';
}

/** Confidence as evidence says it, in per cent. */
export function percent(confidence: number | null): number | null {
  return confidence === null ? null : Math.round(confidence * 100);
}
