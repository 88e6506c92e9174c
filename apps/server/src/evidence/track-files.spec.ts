import type { LoggedReport } from './logged-report.js';
import { cityIso } from './instants.js';
import { seriesCsv, trackCsv, trackGeojson, trackGpx } from './track-files.js';

const AT = Date.parse('2026-11-28T13:04:10.250Z');
const EAST_8 = () => 480;
const NOTHING = { speedKmh: null, headingDeg: null, altitudeM: null, accuracyM: null, satellites: null, odometerKm: null, ignition: null, bed: null };
const MORE = { bedAngleDeg: null, cover: null, loadKg: null, loadState: null, seq: null, buffered: false, late: false, doubt: null };
const report = (seconds: number, said: Partial<LoggedReport> = {}): LoggedReport => {
  const at = AT + seconds * 1_000;
  return { source: 't1', at, digest: `d${seconds}`, heardAt: at + 400, lat: 31.69, lon: 113.4, ...NOTHING, ...MORE, ...said };
};
const lines = (text: string) => text.replace('\ufeff', '').trimEnd().split('\n');

describe('an instant by the city’s clock', () => {
  it('says how far it is from UTC, to either side and to the minute', () => {
    expect(cityIso(AT, EAST_8)).toBe('2026-11-28T21:04:10.250+08:00');
    expect(cityIso(AT, () => -210)).toBe('2026-11-28T09:34:10.250-03:30');
  });
});

describe('the series', () => {
  it('has units in its heading and raw values; what was not said is an empty cell and no zero', () => {
    const said = report(0, { speedKmh: 31.25, loadKg: 0, bedAngleDeg: 12.5, bed: 'raised', cover: 'open', ignition: false });
    expect(lines(seriesCsv([said, report(10, { doubt: 'jump' })], EAST_8))).toEqual([
      'at (UTC),at (city),speed (km/h),load (kg),load state,bed angle (deg),bed,cover,ignition,late,doubt',
      '2026-11-28T13:04:10.250Z,2026-11-28T21:04:10.250+08:00,31.25,0,,12.5,raised,open,false,false,',
      '2026-11-28T13:04:20.250Z,2026-11-28T21:04:20.250+08:00,,,,,,,,false,jump',
    ]);
  });

  it('runs nothing in a spreadsheet', () => {
    expect(seriesCsv([report(0, { doubt: '=1+1' })], EAST_8)).toContain(",'=1+1");
  });
});

describe('the track', () => {
  const reports = [report(0), report(10, { lon: 113.5, altitudeM: 61 }), report(20, { lat: 40, doubt: 'jump' })];

  it('is a line of what was believed, and a point for every report', () => {
    const { features } = trackGeojson(reports) as { features: { geometry: object; properties: Record<string, unknown> }[] };
    expect(features).toHaveLength(4);
    expect(features[0]!.geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [113.4, 31.69],
        [113.5, 31.69],
      ],
    });
    expect(features[3]).toMatchObject({ geometry: { coordinates: [113.4, 40] }, properties: { at: '2026-11-28T13:04:30.250Z', doubt: 'jump' } });
    expect((trackGeojson([report(0)]) as { features: object[] }).features).toHaveLength(1);
  });

  it('is GPX without the doubted, which it counts, whatever the plate looks like', () => {
    const gpx = trackGpx('鄂S <1> & "2"', reports);
    expect(gpx).toContain('<name>鄂S &#60;1&#62; &#38; &#34;2&#34;</name>');
    expect(gpx.match(/<trkpt /g)).toHaveLength(2);
    expect(gpx).toContain('<trkpt lat="31.69" lon="113.5"><ele>61</ele><time>2026-11-28T13:04:20.250Z</time></trkpt>');
    expect(gpx).toContain('2 points; 1 doubted');
  });

  it('is CSV with every report, when it was heard and its digest', () => {
    const rows = lines(trackCsv(reports, EAST_8));
    expect(rows).toHaveLength(4);
    expect(rows[3]).toMatch(/,40,113\.4,.*,t1,2026-11-28T13:04:30\.650Z,false,,false,jump,d20$/);
  });
});
