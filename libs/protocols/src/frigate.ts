import type { EpochMs } from '@muckwatch/domain';
import type { Decoded, Decoder, Sighting } from './decoder.js';
import { checkTexts, extrasOf } from './extras.js';
import { accepted } from './faults.js';
import { plateOf, type ReadPlate } from './frigate-plate.js';
import { wireFrigateEvent, wireFrigatePlate, wireFrigateUpdate } from './frigate-schemas.js';
import { parseJson, textOf } from './json.js';
import { shown, UnreadablePayload } from './unreadable.js';

const ROOT = 'frigate';

/** What Frigate's account may say of the city, and all that is heard of it. */
export const FRIGATE_TOPICS = ['frigate/events', 'frigate/tracked_object_update'] as const;

/**
 * What the camera server Frigate publishes by itself; https://docs.frigate.video/integrations/mqtt. Pictures come on other topics and are not read.
 *
 *     frigate/events                   {"type":"update","before":{…},"after":{"id":"1607123955.475377-mxklsc","camera":"gate_3","label":"car",…}}
 *     frigate/tracked_object_update    {"type":"lpr","id":"1607123955.475377-mxklsc","plate":"鄂S12345","score":0.95,"camera":"gate_3","timestamp":…}
 *
 * A vehicle is worth one row: the sighting's id is the tracked object's. It is told when a plate is read or read anew, since rules about plates wait for that,
 * and once more at the end, with a plate or without: a truck that nobody could read has passed all the same, and a message on the way may have been
 * lost (Frigate publishes at QoS 0 unless told otherwise). Between those Frigate speaks several times a second of boxes and scores: that is nothing.
 */
export const frigate: Decoder = { root: ROOT, decode };

/**
 * Frigate has one label for cars and trucks unless its model is told otherwise («frequently confused»), takes a high box for a bus, and on a camera that reads
 * nothing but plates knows only those.
 */
const VEHICLES: ReadonlySet<unknown> = new Set(['car', 'truck', 'bus', 'license_plate']);

/** Of what else is said of the object, what may help a person who looks at the sighting. */
const KEPT = ['label', 'sub_label', 'top_score', 'entered_zones'];

/** A slash is in no id of ours, so that no registered camera is ever taken for one that Frigate names. */
const PREFIX = 'frigate/';

/** What Frigate calls the camera of a sighting; null where the sighting names a registered camera itself. */
export function frigateNameOf(camera: string): string | null {
  return camera.startsWith(PREFIX) ? camera.slice(PREFIX.length) : null;
}

function decode(topic: string, payload: Buffer): Decoded[] {
  try {
    if (topic !== FRIGATE_TOPICS[0] && topic !== FRIGATE_TOPICS[1]) throw new UnreadablePayload('unknown-topic', `${shown(topic)} is not read of ${ROOT}`);
    const value = parseJson(textOf(payload));
    const sighting = topic === FRIGATE_TOPICS[0] ? readEvent(value) : readUpdate(value);
    if (!sighting) return [];
    checkTexts(sighting);
    return [{ kind: 'sighting', sighting }];
  } catch (error) {
    if (!(error instanceof UnreadablePayload)) throw error;
    return [{ kind: 'unreadable', reason: error.reason, detail: error.detail, bytes: payload }];
  }
}

function readEvent(value: unknown): Sighting | null {
  if (isOfSomethingElse(value)) return null;
  const { type, before, after } = accepted(wireFrigateEvent, value, 'the event');
  if (after.false_positive) return null;
  const read = plateOf(after);
  if (type !== 'end' && read.plate === null) return null;
  // Before «new» Frigate took it for a false positive and said nothing.
  if (type === 'update' && saidBefore(before, read)) return null;
  // The first time of the object is the only one on which all its messages agree: `frame_time` moves with each, and a sighting whose time moved would be
  // another pass every time it is judged. The truck was in the picture then, so it is as true as any.
  return sightingOf(after, Math.round(after.start_time * 1_000), read, pick(after));
}

/** People, dogs and parcels are none of ours, however they are told. */
function isOfSomethingElse(value: unknown): boolean {
  const label = (value as { after?: { label?: unknown } | null } | null)?.after?.label;
  return typeof label === 'string' && !VEHICLES.has(label);
}

function saidBefore(before: unknown, { plate, plateConfidence }: ReadPlate): boolean {
  if (typeof before !== 'object' || before === null) return false;
  try {
    const said = plateOf(before as Record<string, unknown>);
    return said.plate === plate && said.plateConfidence === plateConfidence;
  } catch {
    return false; // what was wrong before is told by its own message
  }
}

function readUpdate(value: unknown): Sighting | null {
  const said = accepted(wireFrigateUpdate, value, 'the update');
  // Faces, descriptions and classes; and a plate of null, by which 0.15 says that the last vehicle has left.
  if (said.type !== 'lpr' || said.plate === null) return null;
  const update = accepted(wireFrigatePlate, value, 'the update');
  const plate = update.plate.trim();
  if (plate === '') return null;
  return sightingOf(update, firstSeenAt(update), { plate, plateConfidence: update.score ?? null }, pick({ sub_label: update.name }));
}

/** An id is the time of the object's first frame and six letters; `timestamp` is when the reader came to the plate. */
function firstSeenAt({ id, timestamp }: { id: string; timestamp?: number | null }): EpochMs {
  const begun = /^(\d{9,10}(?:\.\d{1,9})?)-/.exec(id)?.[1] ?? timestamp;
  if (begun === null || begun === undefined) throw new UnreadablePayload('missing-field', `timestamp is missing, and id ${shown(id)} bears no time`);
  return Math.round(Number(begun) * 1_000);
}

function sightingOf({ id, camera }: { id: string; camera: string }, at: EpochMs, read: ReadPlate, extra: Sighting['extra']): Sighting {
  return {
    camera: PREFIX + camera,
    id,
    at,
    kind: 'pass',
    // Frigate says neither; `null` keeps every rule but those about plates from asking.
    direction: null,
    confidence: null,
    ...read,
    covered: null,
    coveredConfidence: null,
    wheelsClean: null,
    wheelsCleanConfidence: null,
    picture: null,
    snapshotUrl: null,
    extra,
  };
}

function pick(said: Record<string, unknown>): Sighting['extra'] {
  return extrasOf(Object.fromEntries(KEPT.flatMap((field) => (said[field] === undefined ? [] : [[field, said[field]]]))), new Set());
}
