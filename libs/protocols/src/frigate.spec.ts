import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, type Decoded, FRIGATE_TOPICS, frigateNameOf, type Sighting, UNREADABLE_REASONS } from './index.js';

// Payloads are read as what they are for everybody else: JSON of unknown shape.
/* eslint-disable @typescript-eslint/no-explicit-any */
const [EVENTS, UPDATES] = FRIGATE_TOPICS;
const REAL = join(process.env.SAMPLES_DIR ?? '../shared/samples', 'frigate-payloads.json');
const hasReal = existsSync(REAL);
if (!hasReal) console.warn(`\n!!! NOT TESTED: Frigate's real payloads. There is no ${REAL}; set SAMPLES_DIR to the folder that holds it.\n`);

const sample = (name: string) => JSON.parse(readFileSync(new URL(`./samples/frigate-${name}.json`, import.meta.url), 'utf8')) as Record<string, any>;
const say = (topic: string, value: unknown): Decoded[] => decode(topic, Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)));
const sighting = (topic: string, value: unknown): Sighting => {
  const [item, ...more] = say(topic, value);
  if (item?.kind !== 'sighting' || more.length > 0) throw new Error(`one sighting was expected, not ${JSON.stringify(item)}`);
  return item.sighting;
};
const fault = (topic: string, value: unknown): string => {
  const [item] = say(topic, value);
  return item?.kind === 'unreadable' ? `${item.reason}: ${item.detail}` : `not unreadable: ${JSON.stringify(item)}`;
};
const PLATE = sample('event-plate');
const END = sample('event-end');
const update = (after: Record<string, unknown>, before: Record<string, unknown> = {}) => ({
  ...PLATE,
  before: { ...PLATE.before, ...before },
  after: { ...PLATE.after, ...after },
});

describe('a truck that Frigate sees', () => {
  it('is a sighting once its plate is read: no direction, no cover, no wheels', () => {
    expect(sighting(EVENTS, PLATE)).toEqual({
      camera: 'frigate/gate_3',
      id: '1795438980.25-q7wz1k',
      at: 1_795_438_980_250,
      kind: 'pass',
      direction: null,
      confidence: null,
      plate: '鄂S12345',
      plateConfidence: 0.97,
      covered: null,
      coveredConfidence: null,
      wheelsClean: null,
      wheelsCleanConfidence: null,
      picture: null,
      snapshotUrl: null,
      extra: { label: 'car', top_score: 0.91, entered_zones: ['ramp'] },
    });
    expect(frigateNameOf('frigate/gate_3')).toBe('gate_3');
    expect(frigateNameOf('gate_3')).toBeNull();
  });

  it('is the same sighting in every message of its passage, at the same time', () => {
    const said = [
      sighting(UPDATES, sample('plate')),
      sighting(EVENTS, PLATE),
      sighting(EVENTS, { ...PLATE, type: 'end', after: { ...PLATE.after, frame_time: 1_795_439_100, end_time: 1_795_439_100.5 } }),
    ];
    expect(new Set(said.map(({ camera, id, at }) => `${camera} ${id} ${at}`)).size).toBe(1);
    expect(said.map(({ plateConfidence }) => plateConfidence)).toEqual([0.93, 0.97, 0.97]);
  });

  it('is told once at the end where nobody could read its plate', () => {
    const { before, after } = END;
    expect(say(EVENTS, { type: 'new', before: { ...before, false_positive: true }, after: { ...after, end_time: null } })).toEqual([]);
    expect(say(EVENTS, { type: 'update', before, after: { ...after, end_time: null } })).toEqual([]);
    expect(sighting(EVENTS, END)).toMatchObject({ id: '1795438990.5-ab12cd', at: 1_795_438_990_500, plate: null, plateConfidence: null });
  });

  it('is told again when the plate is read otherwise or better, and not when only its box has moved', () => {
    const said = { recognized_license_plate: ['鄂S12345', 0.97] };
    expect(say(EVENTS, update({}, said))).toEqual([]);
    expect(sighting(EVENTS, update({ recognized_license_plate: ['鄂S12345', 0.98] }, said)).plateConfidence).toBe(0.98);
    expect(sighting(EVENTS, update({ recognized_license_plate: ['鄂S12346', 0.97] }, said)).plate).toBe('鄂S12346');
    expect(sighting(EVENTS, update({}, { recognized_license_plate: 7 })).plate).toBe('鄂S12345');
    expect(sighting(EVENTS, { ...PLATE, before: null }).plate).toBe('鄂S12345');
    expect(sighting(EVENTS, { ...update({}, { ...said, false_positive: true }), type: 'new' }).plate).toBe('鄂S12345');
  });

  it.each<[string, Record<string, unknown>, Pick<Sighting, 'plate' | 'plateConfidence'>]>([
    ['a pair', { recognized_license_plate: ['鄂S12345', 0.9] }, { plate: '鄂S12345', plateConfidence: 0.9 }],
    ['side by side', { recognized_license_plate: ' 鄂S12345 ', recognized_license_plate_score: 0.9 }, { plate: '鄂S12345', plateConfidence: 0.9 }],
    ['without a score', { recognized_license_plate: '鄂S12345' }, { plate: '鄂S12345', plateConfidence: null }],
    ['before the sub-label', { sub_label: ['ABC123', 1], recognized_license_plate: ['鄂S12345', 0.9] }, { plate: '鄂S12345', plateConfidence: 0.9 }],
    ['a sub-label', { sub_label: ['鄂S·12345', 0.88], recognized_license_plate: null }, { plate: '鄂S·12345', plateConfidence: 0.88 }],
    ['a sub-label alone', { sub_label: '鄂S12345', recognized_license_plate: [null, null] }, { plate: '鄂S12345', plateConfidence: null }],
  ])('bears its plate as Frigate says it: %s', (_how, after, plate) => {
    expect(sighting(EVENTS, update(after))).toMatchObject(plate);
  });

  it.each(['amazon', "John's Car", '红岩', 'truck 100', 'A1', 'x'.repeat(200), '车队12号渣土运输'])('does not bear the sub-label %j as a plate', (name) => {
    expect(sighting(EVENTS, { ...END, after: { ...END.after, sub_label: [name, 0.9] } })).toMatchObject({ plate: null, extra: { sub_label: [name, 0.9] } });
  });
});

describe('what is nothing, and no fault', () => {
  it.each<[string, string, unknown]>([
    ['a person', EVENTS, update({ label: 'person', sub_label: 12 })],
    ['a dog that leaves', EVENTS, { ...END, after: { ...END.after, label: 'dog' } }],
    ['a false positive', EVENTS, update({ false_positive: true })],
    ['a face', UPDATES, { type: 'face', id: 'x', name: '王' }],
    ['a description', UPDATES, { type: 'description', id: 'x', description: 'a red truck' }],
    ['a class', UPDATES, { type: 'classification', sub_label: '鄂S12345', score: 1 }],
    ['a kind of update that is not known yet', UPDATES, { type: 'horn' }],
    ['the last vehicle that leaves, as 0.15 says it', UPDATES, { type: 'lpr', name: null, plate: null, camera: 'gate_3' }],
    ['a blank plate', UPDATES, { ...sample('plate'), plate: ' ' }],
  ])('%s', (_what, topic, value) => {
    expect(say(topic, value)).toEqual([]);
  });
});

describe('what cannot be read is named', () => {
  const ofEvents: [unknown, string][] = [
    [Buffer.alloc(0), 'not-json: the payload is empty'],
    [[], 'wrong-type: the event is an array; an object is needed'],
    [{}, 'missing-field: type is missing'],
    [{ type: 'new' }, 'missing-field: after is missing'],
    [{ ...PLATE, type: 'gone' }, 'out-of-range: type "gone" is not one of new, update, end'],
    [update({ label: undefined }), 'missing-field: after.label is missing'],
    [update({ id: 7 }), 'wrong-type: after.id 7 is a number; a string is needed'],
    [update({ camera: '' }), 'out-of-range: after.camera "" is not 1–120 characters long'],
    [update({ start_time: '2026' }), 'wrong-type: after.start_time "2026" is a string; a number is needed'],
    [update({ start_time: 1e15 }), 'out-of-range: after.start_time 1000000000000000 is not within 1970…9999'],
    [update({ recognized_license_plate: 7 }), 'wrong-type: recognized_license_plate 7 is a number; a text or [text, score] is needed'],
    [update({ recognized_license_plate: { plate: 'A' } }), 'wrong-type: recognized_license_plate is an object; a text or [text, score] is needed'],
    [update({ recognized_license_plate: ['鄂S12345', 97] }), 'out-of-range: recognized_license_plate.1 97 is not within 0…1'],
    [update({ recognized_license_plate: '鄂S12345', recognized_license_plate_score: 97 }), 'out-of-range: recognized_license_plate_score 97 is not within 0…1'],
    [update({ recognized_license_plate: 'x'.repeat(33) }), `out-of-range: recognized_license_plate "${'x'.repeat(33)}" is not 0–32 characters long`],
    [update({ recognized_license_plate: 'a\nb' }), 'out-of-range: recognized_license_plate "a\\nb" holds a control character'],
    [update({ camera: '\ud800' }), 'null-character: camera "frigate/\\ud800" holds a character that cannot be stored'],
    [update({ entered_zones: Array(1_001).fill(1) }), 'too-many: unknown fields hold more than 1000 values'],
  ];
  it.each(ofEvents.map(([value, detail]) => [detail, value]))('in an event: %s', (detail, value) => {
    expect(fault(EVENTS, value)).toBe(detail);
  });

  const ofUpdates: [unknown, string][] = [
    [{ id: 'x' }, 'missing-field: type is missing'],
    [{ ...sample('plate'), plate: undefined }, 'missing-field: plate is missing'],
    [{ ...sample('plate'), plate: 12_345 }, 'wrong-type: plate 12345 is a number; a string is needed'],
    [{ ...sample('plate'), score: 93 }, 'out-of-range: score 93 is not within 0…1'],
    [{ ...sample('plate'), camera: null }, 'missing-field: camera is missing'],
    [{ ...sample('plate'), id: 'mine', timestamp: null }, 'missing-field: timestamp is missing, and id "mine" bears no time'],
  ];
  it.each(ofUpdates.map(([value, detail]) => [detail, value]))('in an update: %s', (detail, value) => {
    expect(fault(UPDATES, value)).toBe(detail);
  });

  it('and so is a topic that is not read', () => {
    expect(fault('frigate/reviews', {})).toBe('unknown-topic: "frigate/reviews" is not read of frigate');
  });

  it('whatever comes, nothing is thrown, and a sighting is whole', () => {
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom('new', 'end', 'lpr', 'car', -1, 0.5, 1e300, '\u0000', ['鄂S12345', 0.9], null));
    const object = fc.record(
      {
        id: junk,
        camera: junk,
        label: fc.constantFrom('car', 'truck', 1),
        start_time: junk,
        sub_label: junk,
        recognized_license_plate: junk,
        entered_zones: junk,
      },
      { requiredKeys: [] },
    );
    const broken = fc.record(
      { type: junk, before: fc.oneof(junk, object), after: object, id: junk, plate: junk, camera: junk, timestamp: junk },
      { requiredKeys: [] },
    );
    const mended = object.map((after) => ({ ...END, after: { ...END.after, ...after } }));
    fc.assert(
      fc.property(fc.constantFrom(...FRIGATE_TOPICS), fc.oneof(junk, broken, mended), (topic, value) => {
        for (const item of say(topic, value)) {
          if (item.kind === 'unreadable') expect(UNREADABLE_REASONS).toContain(item.reason);
          else expect(item).toMatchObject({ kind: 'sighting', sighting: { id: expect.stringMatching(/./), at: expect.any(Number), kind: 'pass' } });
        }
      }),
      { numRuns: 500 },
    );
  });
});

(hasReal ? describe : describe.skip)("Frigate's documented payloads", () => {
  type Real = { topic: string; variant: string | null; payload: any };
  const real = hasReal ? (JSON.parse(readFileSync(REAL, 'utf8')) as { samples: Real[] }).samples : [];
  const of = (topic: string, variant: string | null) => real.find((one) => one.topic === topic && (one.variant ?? '').includes(variant ?? ''))!.payload;

  it('give a sighting for the plate and nothing for all else that we hear', () => {
    const heard = real.filter(({ topic }) => (FRIGATE_TOPICS as readonly string[]).includes(topic));
    expect(heard.length).toBeGreaterThan(4);
    const kinds = heard.map(({ topic, variant, payload }) => [variant, say(topic, payload).map(({ kind }) => kind)]);
    expect(kinds.filter(([, found]) => found!.length > 0)).toEqual([['License Plate Recognition Update', ['sighting']]]);
    expect(sighting(UPDATES, of(UPDATES, 'License Plate'))).toMatchObject({
      camera: 'frigate/driveway_cam',
      id: '1607123955.475377-mxklsc',
      at: 1_607_123_955_475,
      plate: '123ABC',
      plateConfidence: 0.95,
      extra: { sub_label: "John's Car" },
    });
  });

  it('read as a car, give its plate where it is new, and nothing where it was said before', () => {
    const event = of(EVENTS, null);
    const car = { ...event, after: { ...event.after, label: 'car' } };
    expect(say(EVENTS, car)).toEqual([]);
    const unread = { ...event.before, recognized_license_plate: null };
    expect(sighting(EVENTS, { ...car, before: unread })).toMatchObject({ camera: 'frigate/front_door', plate: 'ABC12345', plateConfidence: 0.933451 });
    expect(sighting(EVENTS, { ...car, type: 'end' })).toMatchObject({ plate: 'ABC12345', at: 1_607_123_955_475 });
  });
});
