import { type EpochMs, jumps, SILENCE_MS } from '@muckwatch/domain';
import { iso } from '../clock.js';
import type { TrackRow } from './track-columns.js';

/** One truck of a file: how many reports it had when the file was begun, and the reports, page by page. */
export interface TrackPart {
  truckId: string;
  plate: string;
  count: number;
  pages: () => AsyncIterable<TrackRow[]>;
}

/** What a file says of itself. */
export interface TrackAbout {
  since: EpochMs;
  until: EpochMs;
  parts: TrackPart[];
}

export const pointsOf = ({ parts }: TrackAbout): number => parts.reduce((sum, { count }) => sum + count, 0);

const SPEED_NS = 'http://www.garmin.com/xmlschemas/TrackPointExtension/v2';

/**
 * GPX 1.1: a track a truck, a new segment after a silence and after a jump that was believed: neither was driven as a line. Doubted fixes stand aside as
 * waypoints of type `doubted`: a program that draws the track would draw a jump across the city as driven.
 */
export async function* gpxOf(about: TrackAbout): AsyncGenerator<string, void, undefined> {
  const what = `${pointsOf(about)} reports, WGS-84, ${iso(about.since)} to ${iso(about.until)}`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="MuckWatch" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="${SPEED_NS}">\n`;
  yield `<metadata><desc>${what}; speed in m/s, course in degrees from north, ele in m</desc></metadata>\n`;
  // The schema has waypoints before tracks: they are read in a pass of their own, one in a thousand reports.
  for (const part of about.parts) {
    for await (const page of part.pages())
      yield page
        .filter(({ doubt }) => doubt !== null)
        .map(waypoint)
        .join('');
  }
  for (const part of about.parts) {
    yield `<trk><name>${xml(part.plate)}</name><desc>${xml(part.truckId)}, ${part.count} reports</desc>\n`;
    let last: TrackRow | null = null;
    for await (const page of part.pages()) {
      let text = '';
      for (const row of page) {
        if (row.doubt !== null) continue;
        if (last === null || row.at - last.at > SILENCE_MS || jumps(last, row)) text += last === null ? '<trkseg>\n' : '</trkseg>\n<trkseg>\n';
        text += trackPoint(row);
        last = row;
      }
      yield text;
    }
    yield last === null ? '</trk>\n' : '</trkseg>\n</trk>\n';
  }
  yield '</gpx>\n';
}

function waypoint({ point: [lon, lat], at, plate, doubt }: TrackRow): string {
  return `<wpt lat="${lat}" lon="${lon}"><time>${iso(at)}</time><name>${xml(plate)}</name><desc>${xml(doubt!)}</desc><type>doubted</type></wpt>\n`;
}

function trackPoint({ point: [lon, lat], at, altitudeM, satellites, speedKmh, headingDeg }: TrackRow): string {
  const speed = speedKmh === null ? '' : `<gpxtpx:speed>${(speedKmh / 3.6).toFixed(2)}</gpxtpx:speed>`;
  const course = headingDeg === null ? '' : `<gpxtpx:course>${headingDeg}</gpxtpx:course>`;
  const more = speed || course ? `<extensions><gpxtpx:TrackPointExtension>${speed}${course}</gpxtpx:TrackPointExtension></extensions>` : '';
  const height = altitudeM === null ? '' : `<ele>${altitudeM}</ele>`;
  const sat = satellites === null ? '' : `<sat>${satellites}</sat>`;
  return `<trkpt lat="${lat}" lon="${lon}">${height}<time>${iso(at)}</time>${sat}${more}</trkpt>\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML has no way to say most control characters at all. */
export const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

/** RFC 7946, whose datum is WGS-84: a point a report, doubted ones too and said so. */
export async function* geoJsonOf(about: TrackAbout): AsyncGenerator<string, void, undefined> {
  const { since, until } = about;
  const said = { datum: 'WGS-84', from: iso(since), to: iso(until), reports: pointsOf(about), units: UNITS };
  yield `{"type":"FeatureCollection","muckwatch":${JSON.stringify(said)},"features":[`;
  let first = true;
  for (const part of about.parts) {
    for await (const page of part.pages()) {
      if (page.length === 0) continue;
      yield (first ? '\n' : ',\n') + page.map((row) => JSON.stringify(featureOf(row))).join(',\n');
      first = false;
    }
  }
  yield '\n]}\n';
}

const UNITS = { speedKmh: 'km/h', headingDeg: '° from north, clockwise', altitudeM: 'm', accuracyM: 'm', odometerKm: 'km', bedAngleDeg: '°', loadKg: 'kg' };

function featureOf({ point, at, heardAt, ...row }: TrackRow): object {
  const { truckId, plate, source, speedKmh, headingDeg, altitudeM, accuracyM, satellites, odometerKm, ignition, bed, bedAngleDeg, cover, loadKg, loadState } =
    row;
  const said = { speedKmh, headingDeg, altitudeM, accuracyM, satellites, odometerKm, ignition, bed, bedAngleDeg, cover, loadKg, loadState };
  const { buffered, late, doubt } = row;
  const properties = { truckId, plate, terminal: source, time: iso(at), ...said, heardAt: iso(heardAt), buffered, late, doubt };
  return { type: 'Feature', geometry: { type: 'Point', coordinates: point }, properties };
}
