import type { Alert, SightingResource } from '@muckwatch/contract';
import type { Words } from '../i18n/zh.js';

/** What a camera said of one thing, and whether it accuses. */
export interface SightingWord {
  words: string;
  bad: boolean;
}

/** Direction, cover, wheels and what it saw being done, each with the camera's own confidence; what it did not say is not said. */
export function sightingWords(sighting: SightingResource, t: Words): SightingWord[] {
  const { kind, direction, covered, wheelsClean } = sighting;
  const said: (SightingWord | null)[] = [
    kind === 'pass' ? null : { words: sure(t.sightings.kind[kind], sighting.confidence), bad: true },
    direction === null ? null : { words: t.sightings.direction[direction], bad: false },
    covered === null ? null : { words: sure(covered ? t.sightings.covered : t.sightings.uncovered, sighting.coveredConfidence), bad: !covered },
    wheelsClean === null ? null : { words: sure(wheelsClean ? t.sightings.clean : t.sightings.dirty, sighting.wheelsCleanConfidence), bad: !wheelsClean },
  ];
  return said.filter((word) => word !== null);
}

const sure = (words: string, confidence: number | null) => (confidence === null ? words : `${words} ${confidence.toFixed(2)}`);

/** Where it was seen: the place and its camera, once where both have one name. */
export function cameraWords({ camera, place }: Pick<SightingResource, 'camera' | 'place'>): string {
  return place === null || camera.name.includes(place.name) ? camera.name : `${place.name} · ${camera.name}`;
}

const NEAR_MS = 15 * 60_000;
/** Where no plate was readable only the camera's own moment belongs to it. */
const AT_ONCE_MS = 2 * 60_000;

/** The question for the sightings that belong to an alert: of its truck, of the stranger's plate, else of the place at that moment. null: nobody could have seen it. */
export function sightingsOf(alert: Pick<Alert, 'truck' | 'place' | 'began' | 'ended'>): string | null {
  const { truck, place } = alert;
  const who: Record<string, string> | null =
    truck.id !== null ? { truck: truck.id } : truck.plate !== null ? { plate: truck.plate } : place !== null ? { place: place.id } : null;
  if (who === null) return null;
  const room = 'place' in who ? AT_ONCE_MS : NEAR_MS;
  const began = Date.parse(alert.began);
  const iso = (at: number) => new Date(at).toISOString();
  const query = new URLSearchParams({ ...who, from: iso(began - room), limit: '50' });
  // What goes on has no end to look around yet.
  if (alert.ended !== null) query.set('to', iso(Date.parse(alert.ended) + room));
  return `/sightings?${query.toString()}`;
}
