import { readFileSync } from 'node:fs';
import type { Report } from '@muckwatch/domain';
import { decode, type Decoded, standard, type UnreadableReason, writeReport } from './index.js';

const REPORTS = 'muck/v1/terminals/t-0042/reports';
const sample = (name: string) => readFileSync(new URL(`./samples/${name}`, import.meta.url));
const reports = (decoded: Decoded[]): Report[] => decoded.flatMap((item) => (item.kind === 'report' ? [item.report] : []));
const faults = (decoded: Decoded[]) => decoded.flatMap((item) => (item.kind === 'unreadable' ? [`${item.reason}: ${item.detail}`] : []));

describe('a report as wire.md shows it', () => {
  it('is read field by field', () => {
    expect(decode(REPORTS, sample('report.json'))).toEqual([
      {
        kind: 'report',
        report: {
          source: 't-0042',
          at: Date.UTC(2026, 10, 23, 13, 4, 10),
          digest: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
          point: [113.3781, 31.6923],
          fix: true,
          speedKmh: 38.5,
          headingDeg: 92,
          altitudeM: null,
          accuracyM: 6,
          satellites: 14,
          odometerKm: 88123.4,
          ignition: true,
          bed: 'down',
          bedAngleDeg: 0.8,
          cover: 'open',
          loadKg: 18240,
          loadState: null,
          seq: 4711,
          buffered: false,
          extra: null,
        },
      },
    ]);
  });

  it('needs a time and a place only; everything else is then not said', () => {
    const [report] = reports(decode(REPORTS, sample('report-minimal.json')));
    expect(report).toMatchObject({ at: 1_795_439_050_000, speedKmh: null, ignition: null, bed: null, seq: null, buffered: false, extra: null });
  });

  it('means the same with null as without the field, unknown fields too', () => {
    const [report] = reports(decode(REPORTS, sample('report-nulls.json')));
    expect(report).toMatchObject({ at: 1_795_439_050_250, speedKmh: null, bed: null, loadKg: null, seq: null, extra: null });
  });

  it('keeps fields that nobody knows', () => {
    const [report] = reports(decode(REPORTS, sample('report-full.json')));
    expect(report).toMatchObject({ altitudeM: 63.2, loadState: 'half', buffered: true });
    expect(report!.extra).toEqual({ firmware: '4.1.0-muck', can: { rpm: 1180, faults: [] }, tyreKpa: [820, 815, null] });
  });
});

describe('a buffered upload', () => {
  it('is returned in the order in which it is judged: by time, then by seq', () => {
    expect(reports(decode(REPORTS, sample('reports-buffered.json'))).map(({ at, seq }) => [new Date(at).toISOString().slice(14, 16), seq])).toEqual([
      ['02', 4713],
      ['03', 4700],
      ['03', 4714],
      ['04', 4715],
    ]);
  });

  it('loses its bad element only, and keeps the very text of it', () => {
    const decoded = decode(REPORTS, sample('odd-one-bad-element.bin'));
    expect(reports(decoded).map(({ seq }) => seq)).toEqual([4710, 4711]);
    expect(decoded.at(-1)).toEqual({
      kind: 'unreadable',
      reason: 'out-of-range',
      detail: 'lat Infinity is not within −90…90',
      bytes: Buffer.from('{"time":"2026-11-23T21:04:20+08:00","lat":1e999,"lon":113.3781,"lon":113.4}'),
    });
  });

  it('may be empty, which says nothing', () => {
    expect(decode(REPORTS, sample('odd-empty-array.bin'))).toEqual([]);
  });

  it('may hold 500 reports and not 501', () => {
    const of = (n: number) => Buffer.from(JSON.stringify(Array.from({ length: n }, (_, i) => ({ time: i, lat: 31, lon: 113 }))));
    expect(decode(REPORTS, of(500))).toHaveLength(500);
    expect(faults(decode(REPORTS, of(501)))).toEqual(['too-many: an array of 501 reports is longer than 500']);
  });
});

describe('what cannot be used', () => {
  const expected: [file: string, reason: UnreadableReason, detail: string | RegExp][] = [
    ['bad-empty.bin', 'not-json', 'the payload is empty'],
    ['bad-spaces.bin', 'not-json', 'the payload is empty'],
    ['bad-binary-jt808.bin', 'not-utf-8', /^the payload of \d+ bytes is not UTF-8$/],
    ['bad-gzip.bin', 'not-utf-8', /^the payload of \d+ bytes is not UTF-8$/],
    ['bad-utf16.bin', 'not-utf-8', /^the payload of \d+ bytes is not UTF-8$/],
    ['bad-gbk.bin', 'not-utf-8', /^the payload of \d+ bytes is not UTF-8$/],
    ['bad-truncated.bin', 'not-json', /^not JSON: /],
    ['bad-trailing.bin', 'not-json', /^not JSON: /],
    ['bad-nan.bin', 'not-json', /^not JSON: .*'N'/],
    ['bad-single-quotes.bin', 'not-json', /^not JSON: /],
    ['bad-raw-nul.bin', 'not-json', /^not JSON: /],
    ['bad-infinite-lat.bin', 'out-of-range', 'lat Infinity is not within −90…90'],
    ['bad-infinite-unknown.bin', 'out-of-range', 'rpm is a number too great to hold'],
    ['bad-nul-in-unknown.bin', 'null-character', 'driver "\\u0000" holds a character that cannot be stored'],
    ['bad-nul-deep.bin', 'null-character', 'can.names.1 "x\\u0000y" holds a character that cannot be stored'],
    ['bad-nul-in-key.bin', 'null-character', 'the name of the field "dri\\u0000ver" holds a character that cannot be stored'],
    ['bad-nul-in-bed.bin', 'null-character', 'bed "down\\u0000" holds a character that cannot be stored'],
    ['bad-lone-surrogate.bin', 'null-character', 'driver "\\ud83d" holds a character that cannot be stored'],
    ['bad-lone-surrogate-key.bin', 'null-character', 'the name of the field "\\udc00" holds a character that cannot be stored'],
    ['bad-proto.bin', 'forbidden-key', '__proto__ is not a name for a field'],
    ['bad-proto-deep.bin', 'forbidden-key', 'can.__proto__ is not a name for a field'],
    ['bad-deep.bin', 'too-deep', 'deep is nested deeper than 16'],
    ['bad-deep-lat.bin', 'wrong-type', 'lat is an array; a number is needed'],
    ['bad-deep-payload.bin', 'wrong-type', 'the report is an array; an object is needed'],
    ['bad-wide.bin', 'too-many', 'unknown fields hold more than 1000 values'],
    ['bad-long-text.bin', 'too-large', 'log: unknown fields hold more than 16384 characters'],
    ['bad-string-lat.bin', 'wrong-type', 'lat "31.6923" is a string; a number is needed'],
    ['bad-lat-190.bin', 'out-of-range', 'lat 190 is not within −90…90'],
    ['bad-lon-missing.bin', 'missing-field', 'lon is missing'],
    ['bad-swapped.bin', 'out-of-range', 'lat 113.3781 is not within −90…90'],
    ['bad-null-island.bin', 'null-island', 'lat 0 and lon 0 are what receivers say that know no position'],
    ['bad-no-fix.bin', 'no-fix', 'fix is false: the terminal has no satellite fix'],
    ['bad-time-no-offset.bin', 'bad-time', /^time "2026-11-23T21:04:10" has no offset/],
    ['bad-time-feb-30.bin', 'bad-time', /^time "2026-02-30T21:04:10Z" is on no calendar or clock/],
    ['bad-time-24.bin', 'bad-time', /^time "2026-11-23T24:00:00Z" is on no calendar or clock/],
    ['bad-time-leap.bin', 'bad-time', /^time "2016-12-31T23:59:60Z" is on no calendar or clock/],
    ['bad-time-seconds.bin', 'bad-time', /^time "1795439050" is not a time/],
    ['bad-time-fraction.bin', 'wrong-type', /^time 1795439050.5 is not a whole number of milliseconds/],
    ['bad-time-object.bin', 'wrong-type', 'time is an object; RFC 3339 with offset or epoch milliseconds is needed'],
    ['bad-seq-negative.bin', 'out-of-range', 'seq -1 is not a whole number within 0…9007199254740991'],
    ['bad-seq-too-great.bin', 'out-of-range', 'seq 9007199254740992 is not a whole number within 0…9007199254740991'],
    ['bad-seq-text.bin', 'wrong-type', 'seq "4711" is a string; a number is needed'],
    ['bad-satellites.bin', 'wrong-type', 'satellites 14.5 is not a whole number within 0…99'],
    ['bad-ignition.bin', 'wrong-type', 'ignition 1 is a number; true or false is needed'],
    ['bad-bed.bin', 'out-of-range', 'bed "up" is not one of down, raised, fault'],
    ['bad-load.bin', 'out-of-range', 'loadKg 150001 is not within −5000…150000'],
    ['bad-speed.bin', 'out-of-range', 'speedKmh -0.1 is not within 0…250'],
    ['bad-number.bin', 'wrong-type', 'the report 42 is a number; an object is needed'],
    ['bad-text.bin', 'wrong-type', 'the report "hello" is a string; an object is needed'],
    ['bad-null.bin', 'wrong-type', 'the report is null; an object is needed'],
  ];

  it.each(expected)('%s is refused as %s', (file, reason, detail) => {
    const payload = sample(file);
    const [fault, ...others] = decode(REPORTS, payload);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: 'unreadable', reason });
    if (fault?.kind !== 'unreadable') throw new Error('unreadable was expected');
    if (typeof detail === 'string') expect(fault.detail).toBe(detail);
    else expect(fault.detail).toMatch(detail);
    if (!file.includes('deep-payload')) expect(fault.bytes.equals(payload)).toBe(true);
  });

  it('is also what is larger than 1 MiB, of any kind', () => {
    expect(faults(decode(REPORTS, Buffer.alloc(2 * 1_048_576, 0x20)))).toEqual(['too-large: the payload of 2097152 bytes is larger than 1048576']);
  });

  it('is cut where it is long, so that a reason stays a sentence', () => {
    const [fault] = faults(decode(REPORTS, Buffer.from(JSON.stringify({ time: 'x'.repeat(10_000), lat: 1, lon: 1 }))));
    expect(fault).toBe(`bad-time: time "${'x'.repeat(40)}"… (10000 characters) is not a time; RFC 3339 with offset or epoch milliseconds is needed`);
  });

  it.each([
    ['muck/v1/terminals/t-0042/commands', '"muck/v1/terminals/t-0042/commands" is not a topic of muck/v1'],
    ['muck/v1/terminals/t 42/reports', '"muck/v1/terminals/t 42/reports" is not a topic of muck/v1'],
    ['muck/v1/terminals//reports', '"muck/v1/terminals//reports" is not a topic of muck/v1'],
    ['muck/v1/terminals/t/reports/', '"muck/v1/terminals/t/reports/" is not a topic of muck/v1'],
    ['muck/v1', '"muck/v1" is not a topic of muck/v1'],
    ['muck/v10/terminals/t/reports', 'no decoder reads the topic "muck/v10/terminals/t/reports"'],
    ['', 'no decoder reads the topic ""'],
    ['a\u0000b', 'no decoder reads the topic "a\\u0000b"'],
  ])('is what comes on the topic %s', (topic, detail) => {
    expect(faults(decode(topic, sample('report.json')))).toEqual([`unknown-topic: ${detail}`]);
  });
});

describe('what looks odd and is right', () => {
  it('is a byte order mark', () => {
    expect(reports(decode(REPORTS, sample('odd-bom.bin')))).toEqual(reports(decode(REPORTS, sample('report.json'))));
  });

  it('is a key that stands twice: the last one counts', () => {
    expect(reports(decode(REPORTS, sample('odd-duplicate-keys.bin')))).toEqual(reports(decode(REPORTS, sample('report.json'))));
  });

  it('are escapes, as Python writes them', () => {
    expect(reports(decode(REPORTS, sample('odd-escaped.bin')))[0]!.extra).toEqual({ driver: '张三 🚛' });
  });

  it('is a U+FFFD that was sent as one', () => {
    expect(reports(decode(REPORTS, sample('odd-replacement.bin')))[0]!.extra).toEqual({ driver: '\uFFFD' });
  });

  it('are names that every object has', () => {
    const [report] = reports(decode(REPORTS, Buffer.from('{"time":1,"lat":1,"lon":1,"constructor":"x","toString":1,"hasOwnProperty":null}')));
    expect(report!.extra).toEqual({ constructor: 'x', toString: 1 });
  });

  it('is a number too small for a column of the database: it is 0, on the equator too', () => {
    const [report] = reports(decode(REPORTS, Buffer.from('{"time":1,"lat":-1e-50,"lon":113,"speedKmh":1e-50,"bedAngleDeg":-0.0}')));
    expect([report!.point[1], report!.speedKmh, report!.bedAngleDeg].every((value) => Object.is(value, 0))).toBe(true);
  });
});

describe('status and replies', () => {
  it('say whether a terminal or a camera is there', () => {
    expect(decode('muck/v1/terminals/t1/status', sample('status-online.json'))).toEqual([
      { kind: 'status', sender: { kind: 'terminal', id: 't1' }, online: true },
    ]);
    expect(decode('muck/v1/cameras/c7/status', sample('status-offline.json'))).toEqual([
      { kind: 'status', sender: { kind: 'camera', id: 'c7' }, online: false },
    ]);
  });

  it('say nothing when a retained status is deleted', () => {
    expect(decode('muck/v1/terminals/t1/status', Buffer.alloc(0))).toEqual([]);
  });

  it('say what became of a command', () => {
    expect(decode('muck/v1/terminals/t1/replies', sample('reply-done.json'))).toEqual([
      { kind: 'reply', reply: { terminal: 't1', id: '0198f2c4', status: 'done', detail: null, at: Date.UTC(2026, 10, 23, 13, 4, 12), photo: null } },
    ]);
  });

  it('bear the photo that a capture took', () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const said = { id: 'x', status: 'done', photo: { type: 'image/jpeg', data: jpeg.toString('base64') } };
    const [decoded] = decode('muck/v1/terminals/t1/replies', Buffer.from(JSON.stringify(said)));
    expect(decoded).toMatchObject({ kind: 'reply', reply: { photo: { type: 'image/jpeg', bytes: jpeg } } });
    const png = { ...said, photo: { ...said.photo, type: 'image/png' } };
    expect(faults(decode('muck/v1/terminals/t1/replies', Buffer.from(JSON.stringify(png))))).toEqual([
      'bad-picture: photo.data does not begin as image/png does',
    ]);
  });

  it.each([
    ['status', '{"online":1}', 'wrong-type: online 1 is a number; true or false is needed'],
    ['status', '{}', 'missing-field: online is missing'],
    ['status', 'online', /^not-json: /],
    ['replies', '{"id":"x","status":"maybe"}', 'out-of-range: status "maybe" is not one of received, done, failed, unsupported'],
    ['replies', '{"status":"done"}', 'missing-field: id is missing'],
    ['replies', '{"id":"","status":"done"}', 'out-of-range: id "" is not 1–64 characters long'],
    ['replies', '{"id":"x","status":"failed","detail":"\\u0000"}', 'null-character: detail "\\u0000" holds a character that cannot be stored'],
    ['replies', '{"id":"x","status":"done","time":"soon"}', /^bad-time: time "soon"/],
    ['replies', '[]', 'wrong-type: the reply is an array; an object is needed'],
  ])('are refused by name: %s %s', (channel, payload, detail) => {
    const [fault] = faults(decode(`muck/v1/terminals/t1/${channel}`, Buffer.from(payload)));
    if (typeof detail === 'string') expect(fault).toBe(detail);
    else expect(fault).toMatch(detail);
  });
});

describe('a command', () => {
  it('goes down as wire.md shows it', () => {
    const { topic, payload } = standard.encode!('t1', { id: '0198', kind: 'speak', text: '请关闭顶盖后行驶', expiresAt: Date.UTC(2026, 10, 23, 13, 9, 10) });
    expect(topic).toBe('muck/v1/terminals/t1/commands');
    expect(JSON.parse(payload.toString())).toEqual({ id: '0198', kind: 'speak', text: '请关闭顶盖后行驶', expiresAt: '2026-11-23T13:09:10.000Z' });
  });

  it('that limits the truck says when it ends, for a terminal that can then end it by itself', () => {
    const releasesAt = Date.UTC(2026, 10, 23, 15, 0, 0);
    const { payload } = standard.encode!('t1', { id: '0198', kind: 'limit-lift', expiresAt: Date.UTC(2026, 10, 23, 13, 9, 10), releasesAt });
    expect(JSON.parse(payload.toString())).toEqual({
      id: '0198',
      kind: 'limit-lift',
      expiresAt: '2026-11-23T13:09:10.000Z',
      releasesAt: '2026-11-23T15:00:00.000Z',
    });
  });

  it('that no terminal could follow is our own bug, and throws', () => {
    expect(() => standard.encode!('t1', { id: '0198', kind: 'limit-speed', kmh: -1, expiresAt: 0, releasesAt: 0 })).toThrow();
  });
});

describe('a report written again', () => {
  it('is read as the same report', () => {
    const payload = Buffer.from(
      '{"time":"2026-11-23T21:04:10.250+08:00","lat":31.6923,"lon":113.3781,"speedKmh":0,"loadKg":-120,"bed":"down","seq":7,"buffered":true,"firmware":"x"}',
    );
    const [decoded] = standard.decode('muck/v1/terminals/t1/reports', payload);
    if (decoded?.kind !== 'report') throw new Error('not read');
    expect(standard.decode('muck/v1/terminals/t1/reports', writeReport(decoded.report))).toEqual([decoded]);
  });
});
