import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { compareReports, type Report } from '@muckwatch/domain';
import { acceptance } from './acceptance.js';
import { decode, type Decoded, UNREADABLE_REASONS, wireReport } from './index.js';

const REPORTS = 'muck/v1/terminals/t1/reports';
const TOPICS = [
  REPORTS,
  'muck/v1/terminals/t1/status',
  'muck/v1/terminals/t1/replies',
  'muck/v1/cameras/c7/sightings',
  'muck/v1/cameras/c7/status',
  'frigate/events',
  '',
];
const sample = (name: string) => readFileSync(new URL(`./samples/${name}`, import.meta.url), 'utf8');

/** What may be said of a field: any number of its range, any of its words, null, nothing. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 }).chain((said) => fc.constantFrom(said, said, said, said, null));
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const wire: fc.Arbitrary<Record<string, unknown>> = fc.record({
  time: fc.oneof(
    fc.integer({ min: 0, max: 4e12 }),
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
  ),
  lat: fc.oneof(within(-90, -1), within(1, 90)),
  lon: within(-180, 180),
  speedKmh: maybe(within(0, 250)),
  headingDeg: maybe(within(0, 360)),
  altitudeM: maybe(within(-500, 9_000)),
  accuracyM: maybe(within(0, 10_000)),
  satellites: maybe(fc.integer({ min: 0, max: 99 })),
  odometerKm: maybe(within(0, 2e6)),
  fix: maybe(fc.constant(true)),
  ignition: maybe(fc.boolean()),
  bedAngleDeg: maybe(within(-10, 90)),
  bed: maybe(fc.constantFrom('down', 'raised', 'fault')),
  cover: maybe(fc.constantFrom('closed', 'open', 'fault')),
  loadKg: maybe(within(-5_000, 150_000)),
  loadState: maybe(fc.constantFrom('empty', 'half', 'full', 'fault')),
  seq: maybe(fc.maxSafeNat()),
  buffered: maybe(fc.boolean()),
  firmware: maybe(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000'))),
  can: maybe(fc.record({ rpm: fc.integer(), names: fc.array(fc.constantFrom('a', 'b')) })),
});
const nonsense = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>('', '1', '\u0000', '\ud800', 'true', 'null', 'down', -1, 1e9, 1e300, 0.5, 2 ** 53, [], {}, [1], { a: 1 }, true, false),
);
const storable = (text: string) => !/[\u0000\ud800-\udfff]/u.test(text);

/** What holds for everything that ever comes out. */
function wellFormed(decoded: Decoded[]): void {
  for (const item of decoded) {
    if (item.kind === 'unreadable') {
      expect(UNREADABLE_REASONS).toContain(item.reason);
      expect(item.detail.length).toBeGreaterThan(5);
      expect(item.detail.length).toBeLessThan(1_200);
      expect(storable(item.detail)).toBe(true);
      expect(Buffer.isBuffer(item.bytes)).toBe(true);
    }
    if (item.kind === 'report') usable(item.report);
  }
}

/** A report that any later step may rely on. */
function usable(report: Report): void {
  const [lon, lat] = report.point;
  expect(Number.isInteger(report.at) && report.at >= 0 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0)).toBe(true);
  expect(report.digest).toMatch(/^[A-Za-z0-9_-]{22}$/);
  const written = JSON.stringify(report);
  expect(written).not.toMatch(/\\u0000|\\ud[89a-f]/);
  // Nothing is lost on the way to jsonb: no NaN, no Infinity, no undefined, no -0.
  expect(JSON.parse(written)).toEqual(report);
}

describe('the decoder, of whatever comes', () => {
  it('throws nothing, of any bytes', () => {
    fc.assert(fc.property(fc.constantFrom(...TOPICS), fc.uint8Array({ maxLength: 200 }), (topic, bytes) => wellFormed(decode(topic, Buffer.from(bytes)))));
  });

  it('throws nothing, of any JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TOPICS), fc.oneof(fc.json(), fc.json({ stringUnit: 'binary' })), (topic, text) =>
        wellFormed(decode(topic, Buffer.from(text))),
      ),
      {
        numRuns: 500,
      },
    );
  });

  it('throws nothing, of any topic', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `muck/v1/${text}`),
        ),
        (topic) => wellFormed(decode(topic, Buffer.from('{}'))),
      ),
    );
  });

  it('throws nothing, of good payloads with bytes changed, dropped and doubled', () => {
    const originals = ['report-full.json', 'reports-buffered.json', 'sighting-pass.json', 'reply-done.json', 'status-online.json'].map(sample);
    const edit = fc.record({ at: fc.nat(2_000), drop: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
    fc.assert(
      fc.property(fc.constantFrom(...originals), fc.constantFrom(...TOPICS), fc.array(edit, { minLength: 1, maxLength: 4 }), (original, topic, edits) => {
        let bytes = Buffer.from(original);
        for (const { at, drop, put } of edits) {
          const place = at % bytes.length;
          bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + drop)]);
        }
        wellFormed(decode(topic, bytes));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a report', () => {
  it('that is right comes back as it was said', () => {
    fc.assert(
      fc.property(wire, (said) => {
        const [item, ...others] = decode(REPORTS, Buffer.from(JSON.stringify(said)));
        expect(others).toEqual([]);
        if (item?.kind !== 'report') throw new Error(JSON.stringify(item));
        usable(item.report);
        const { report } = item;
        for (const [field, value] of Object.entries(said)) {
          if (['time', 'lat', 'lon', 'fix', 'buffered', 'firmware', 'can'].includes(field)) continue;
          expect({ [field]: report[field as keyof Report] }).toEqual({ [field]: flushed(value ?? null) });
        }
        expect(report.at).toBe(new Date(said.time as string | number).getTime());
        expect(report.point).toEqual([flushed(said.lon), flushed(said.lat)]);
        expect(report.extra ?? {}).toEqual(
          Object.fromEntries(['firmware', 'can'].filter((key) => (said[key] ?? null) !== null).map((key) => [key, said[key]])),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each(Object.keys(wireReport.shape))('with a wrong %s is refused by that name', (field) => {
    const schema = wireReport.shape[field as keyof typeof wireReport.shape];
    // Within a union, and with time: what zod lets through is for readTime to refuse, and its spec.
    const wrong = nonsense.filter((value) => !schema.safeParse(JSON.parse(JSON.stringify(value))).success);
    fc.assert(
      fc.property(wire, wrong, (said, value) => {
        const [item, ...others] = decode(REPORTS, Buffer.from(JSON.stringify({ ...said, [field]: value })));
        expect(others).toEqual([]);
        wellFormed([item!]);
        if (item?.kind !== 'unreadable') throw new Error(`${field} ${JSON.stringify(value)} was accepted`);
        expect(item.detail.startsWith(`${field} `) || item.detail.startsWith(`${field}.`) || item.reason === 'null-character').toBe(true);
        expect(['wrong-type', 'out-of-range', 'missing-field', 'null-character']).toContain(item.reason);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['time', 'lat', 'lon'])('without %s is refused as missing', (field) => {
    fc.assert(
      fc.property(wire, fc.boolean(), (said, asNull) => {
        expect(decode(REPORTS, Buffer.from(JSON.stringify({ ...said, [field]: asNull ? null : undefined })))).toEqual([
          expect.objectContaining({ kind: 'unreadable', reason: 'missing-field', detail: `${field} is missing` }),
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('in an array is not lost by a bad neighbour, whatever that is', () => {
    fc.assert(
      fc.property(fc.array(wire, { maxLength: 6 }), nonsense, fc.nat(6), (said, bad, place) => {
        const elements: unknown[] = [...said];
        elements.splice(place, 0, bad);
        const decoded = decode(REPORTS, Buffer.from(JSON.stringify(elements)));
        const alone = said.flatMap((one) => decode(REPORTS, Buffer.from(JSON.stringify(one)))).map((item) => (item as { report: Report }).report);
        const found = decoded.flatMap((item) => (item.kind === 'report' ? [item.report] : []));
        expect(found).toEqual(alone.sort(compareReports));
        const [refused, ...others] = decoded.filter((item) => item.kind === 'unreadable');
        expect(others).toEqual([]);
        expect(refused!.bytes.toString()).toBe(JSON.stringify(bad));
      }),
    );
  });
});

describe('the quick acceptance', () => {
  const accepts = acceptance(wireReport);

  it('agrees with zod on right reports, on wrong ones, and on anything', () => {
    const field = fc.constantFrom(...Object.keys(wireReport.shape), 'unknown');
    const edges = fc.constantFrom<unknown>(
      undefined,
      null,
      NaN,
      Infinity,
      -Infinity,
      -0,
      0,
      1e-320,
      90,
      -90,
      180,
      360,
      250,
      99,
      2 ** 53 - 1,
      2 ** 53,
      150_000,
      -5_000,
      90.000001,
    );
    const mutated = fc
      .tuple(wire, fc.array(fc.tuple(field, fc.oneof(nonsense, edges)), { maxLength: 3 }))
      .map(([said, changes]) => ({ ...said, ...Object.fromEntries(changes) }));
    fc.assert(
      fc.property(fc.oneof(mutated, wire, fc.jsonValue(), fc.anything()), (element) => {
        expect(accepts(element)).toBe(wireReport.safeParse(element).success);
      }),
      { numRuns: 1_000 },
    );
  });
});

function flushed(value: unknown): unknown {
  return typeof value === 'number' && Math.abs(value) < 1e-30 ? 0 : value;
}
