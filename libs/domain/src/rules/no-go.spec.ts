import { at, clockOf, drive, east, HOME, opened, replay, square, worldOf } from '../testing.js';
import type { Report } from '../report.js';
import { noGo } from './no-go.js';

const zone = (sizeM: number, more = {}) => square('no-go', HOME, sizeM, more);
/** Straight through HOME from west to east, `everyS` apart. */
const along = (kmh: number, everyS: number, north = 0, said = {}) => drive('08:00:00', east(-1_000, north), east(1_000, north), kmh, everyS, said);
const turned = (reports: Report[], headingDeg: number | null) => reports.map((report) => ({ ...report, headingDeg }));

describe('no-go, held', () => {
  it('finds a truck that is inside for 10 s, once, and ends when it has been outside for 10 s', () => {
    const found = replay(noGo, along(30, 5), { places: [zone(400)] });
    expect(opened(found)).toEqual(['no-go serious 08:01:40']);
    expect(found[0]).toMatchObject({ scope: 'no-go-1', placeId: 'no-go-1', evidence: { kind: 'inside', durationS: 10 } });
    expect(found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!))).toEqual(['08:02:25']);
  });

  it('forgives one stray fix inside and a truck that stays less than 10 s', () => {
    const outside = along(30, 5, 500);
    const stray = outside.map((report, i) => (i === 20 ? { ...report, point: HOME } : report));
    expect(replay(noGo, stray, { places: [zone(400)] })).toEqual([]);
    expect(replay(noGo, turned(along(30, 5), null), { places: [zone(60)] })).toEqual([]);
  });

  it('holds only during the hours of the zone; a window that opens around the truck counts from then', () => {
    const places = [zone(400, { hours: [{ from: '08:01', to: '09:00' }] })];
    const standing = Array.from({ length: 20 }, (_, i) => at(`08:0${Math.floor(i / 6)}:${(i % 6) * 10 || '00'}`, { speedKmh: 0 }));
    expect(opened(replay(noGo, standing, { places }))).toEqual(['no-go serious 08:01:00']);
    expect(replay(noGo, along(30, 5), { places: [zone(400, { hours: [{ from: '09:00', to: '10:00' }] })] })).toEqual([]);
  });

  it('ends when the window closes around the truck', () => {
    const places = [zone(400, { hours: [{ from: '07:00', to: '08:01' }] })];
    const standing = Array.from({ length: 12 }, (_, i) => at(`08:0${Math.floor(i / 6)}:${(i % 6) * 10 || '00'}`, { speedKmh: 0 }));
    const ended = replay(noGo, standing, { places }).filter((finding) => finding.ended !== null);
    expect(ended.map((finding) => clockOf(finding.ended!))).toEqual(['08:01:00']);
  });

  it('tells two zones at once as two alerts', () => {
    const found = replay(noGo, along(30, 5), { places: [zone(400), zone(500, { id: 'other' })] });
    expect(opened(found)).toEqual(['no-go serious 08:01:30', 'no-go serious 08:01:40']);
    expect(found.filter((finding) => finding.opened).map(({ scope }) => scope)).toEqual(['other', 'no-go-1']);
  });

  it('keeps zones apart whose ids every object knows', () => {
    for (const id of ['constructor', '__proto__', 'toString']) {
      expect(opened(replay(noGo, along(30, 5), { places: [zone(400, { id })] }))).toHaveLength(1);
      expect(opened(replay(noGo, along(60, 10), { places: [zone(250, { id })] }))).toHaveLength(1);
    }
  });

  it('accuses nobody of poor fixes', () => {
    expect(replay(noGo, along(30, 5, 0, { accuracyM: 60 }), { places: [zone(400)] })).toEqual([]);
  });
});

describe('no-go, passed through', () => {
  it('finds a zone crossed from side to side between two reports', () => {
    const [before, after] = [along(60, 30)[1]!, along(60, 30)[2]!];
    const found = replay(noGo, [before, after], { places: [square('no-go', east(-250), 200)] });
    expect(opened(found)).toEqual(['no-go serious 08:00:30']);
    expect(found[0]).toMatchObject({ ended: after.at, evidence: { kind: 'through', durationS: 30, distanceM: 200 } });
  });

  it('finds it only where both reports say a heading along the line, at most 60 s apart, with good fixes', () => {
    const places = [zone(200)];
    const pass = (said: Partial<Report>, everyS = 50) => drive('08:00:00', east(-400), east(400), (800 / everyS) * 3.6, everyS, said);
    expect(opened(replay(noGo, pass({}), { places }))).toHaveLength(1);
    expect(replay(noGo, pass({ headingDeg: null }), { places })).toEqual([]);
    expect(replay(noGo, pass({ headingDeg: 90 + 31 }), { places })).toEqual([]);
    expect(opened(replay(noGo, pass({ headingDeg: 90 - 29 }), { places }))).toHaveLength(1);
    expect(replay(noGo, pass({}, 61), { places })).toEqual([]);
    expect(replay(noGo, pass({ accuracyM: 51 }), { places })).toEqual([]);
  });

  it('forgives a truck that drove around the block', () => {
    const places = [zone(200)];
    // North of it, then east, then south again: the straight line runs through, the headings do not.
    expect(replay(noGo, [at('08:00:00', { point: east(-150), headingDeg: 0 }), at('08:00:40', { point: east(150), headingDeg: 180 })], { places })).toEqual([]);
  });

  it('forgives a line that clips a corner, whatever the shape', () => {
    const clip = [at('08:00:00', { point: east(70, 120), headingDeg: 135 }), at('08:00:20', { point: east(120, 70), headingDeg: 135 })];
    expect(replay(noGo, clip, { places: [zone(200)] })).toEqual([]);
    const round = Array.from({ length: 61 }, (_, i) => east(300 * Math.cos((i * Math.PI) / 30), 300 * Math.sin((i * Math.PI) / 30)));
    const disc = zone(1, { geometry: { type: 'Polygon', coordinates: [round] } });
    expect(replay(noGo, along(60, 50, 292), { places: [disc] })).toEqual([]);
    expect(opened(replay(noGo, along(60, 50, 100), { places: [disc] }))).toHaveLength(1);
  });

  it('finds a narrow strip crossed, or driven from end to end', () => {
    const strip = (width: number, length: number) => {
      const [w, l] = [width / 2, length / 2];
      return zone(1, { geometry: { type: 'Polygon', coordinates: [[east(-w, -l), east(w, -l), east(w, l), east(-w, l), east(-w, -l)]] } });
    };
    const pass = drive('08:00:00', east(-400), east(400), 60, 48);
    expect(opened(replay(noGo, pass, { places: [strip(20, 2_000)] }))).toHaveLength(1);
    expect(opened(replay(noGo, pass, { places: [strip(600, 12)] }))).toHaveLength(1);
  });

  it('finds a stay of less than 10 s that enters and leaves straight over at least 50 m', () => {
    const places = [zone(100)];
    // One report inside: 08:00:05.
    const pass = drive('08:00:00', east(-90), east(100), 66, 5);
    const found = replay(noGo, pass, { places });
    expect(opened(found)).toEqual(['no-go serious 08:00:05']);
    expect(found[0]!.evidence).toMatchObject({ kind: 'through', distanceM: 100 });
    expect(replay(noGo, pass, { places: [zone(45)] })).toEqual([]);
    expect(
      replay(
        noGo,
        pass.map((report, i) => (i === 1 ? { ...report, headingDeg: 140 } : report)),
        { places },
      ),
    ).toEqual([]);
    expect(
      replay(
        noGo,
        pass.map((report, i) => (i === 1 ? { ...report, headingDeg: null } : report)),
        { places },
      ),
    ).toEqual([]);
  });

  it('is not an entry when the zone was drawn around the truck', () => {
    const pass = drive('08:00:00', east(-90), east(100), 66, 5);
    const worlds = (time: number) => (time < pass[2]!.at ? worldOf() : worldOf([zone(170)], [], 2));
    expect(replay(noGo, pass, { worlds })).toEqual([]);
  });

  it('adds nothing to a stay that is an alert already', () => {
    const found = replay(noGo, [...along(30, 5), ...drive('08:04:05', east(1_000), east(-1_000), 30, 5)], { places: [zone(400)] });
    expect(opened(found)).toHaveLength(2);
    expect(new Set(found.map(({ evidence }) => evidence.kind))).toEqual(new Set(['inside']));
  });
});
