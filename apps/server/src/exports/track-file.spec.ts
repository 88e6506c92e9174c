import { at, clock, east } from '@muckwatch/domain/testing';
import { unzipSync } from 'fflate';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { TrackRow } from './track-columns.js';
import { geoJsonOf, gpxOf, type TrackAbout, xml } from './track-file.js';
import { workbookOf } from './workbook.js';

const row = (time: string, said: Partial<TrackRow> = {}): TrackRow => ({
  ...at(time),
  heardAt: clock(time),
  late: false,
  doubt: null,
  truckId: 't1',
  plate: '鄂S<1>',
  ...said,
});

function about(...pages: TrackRow[][]): TrackAbout {
  const part = { truckId: 't1', plate: '鄂S<1>', count: pages.flat().length, pages: () => Readable.from(pages) as AsyncIterable<TrackRow[]> };
  return { since: clock('08:00:00'), until: clock('09:00:00'), parts: [part] };
}

const text = async (pieces: AsyncIterable<string>) => (await buffer(Readable.from(pieces))).toString();

describe('a track as GPX', () => {
  it('is cut where nothing was heard for two minutes, over pages too, and has what was doubted aside', async () => {
    const jump = row('08:00:10', { point: east(9_000), doubt: 'jump' });
    const gpx = await text(gpxOf(about([row('08:00:00', { speedKmh: 36, headingDeg: 90 }), jump], [row('08:01:00')], [row('08:03:01')])));
    expect(gpx.match(/<trkseg>/g)).toHaveLength(2);
    expect(gpx.match(/<\/trkseg>/g)).toHaveLength(2);
    expect(gpx.match(/<trkpt /g)).toHaveLength(3);
    expect(gpx).toContain('<desc>jump</desc><type>doubted</type></wpt>\n<trk><name>鄂S&lt;1&gt;</name>');
    expect(gpx).toContain('<gpxtpx:speed>10.00</gpxtpx:speed><gpxtpx:course>90</gpxtpx:course>');
    expect(gpx).toContain('4 reports, WGS-84');
  });

  it('is cut at a jump that was believed', async () => {
    const gpx = await text(
      gpxOf(about([row('08:00:00'), row('08:00:10'), row('08:01:40', { point: east(12_000) }), row('08:01:50', { point: east(12_100) })])),
    );
    expect(gpx.split('</trkseg>').map((segment) => segment.match(/<trkpt /g)?.length ?? 0)).toEqual([2, 2, 0]);
  });

  it('is a file too where nothing was heard', async () => {
    expect(await text(gpxOf(about([])))).toMatch(/<trk><name>.*<\/name><desc>t1, 0 reports<\/desc>\n<\/trk>\n<\/gpx>\n$/);
  });

  it('says nothing that XML cannot say', () => {
    expect(xml('a\u0000b & "c"')).toBe('ab &amp; &quot;c&quot;');
  });
});

it('is GeoJSON with every report, doubted ones too', async () => {
  const json = JSON.parse(await text(geoJsonOf(about([row('08:00:00', { loadKg: 1_200 })], [], [row('08:00:05', { doubt: 'jump' })]))));
  expect(json.muckwatch).toMatchObject({ datum: 'WGS-84', reports: 2 });
  expect(json.features.map(({ properties }: { properties: object }) => properties)).toMatchObject([
    { loadKg: 1_200, doubt: null },
    { loadKg: null, doubt: 'jump' },
  ]);
});

it('is a workbook whose sheets are named apart and run nothing', async () => {
  const sheet = (name: string, cell: string | number | null) => ({
    name,
    rows: Readable.from([[['a', cell]], [[null, 2]]]) as AsyncIterable<(string | number | null)[][]>,
  });
  const files = unzipSync(await buffer(Readable.from(workbookOf([sheet('鄂S/1', '=1+1'), sheet('鄂S/1', 3.5), sheet('说明', null)]))));
  const said = (name: string) => new TextDecoder().decode(files[name]);
  expect(said('xl/worksheets/sheet1.xml')).toContain(
    '<row><c t="inlineStr"><is><t xml:space="preserve">a</t></is></c><c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c></row><row><c/><c><v>2</v></c></row>',
  );
  expect(said('xl/worksheets/sheet2.xml')).toContain('<c><v>3.5</v></c>');
  expect(said('xl/workbook.xml').match(/sheet name="[^"]*"/g)).toEqual(['sheet name="鄂S 1"', 'sheet name="鄂S 1 2"', 'sheet name="说明"']);
});
