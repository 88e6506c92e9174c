import type { UtcOffset } from '@muckwatch/domain';
import { stringify } from 'csv-stringify/sync';
import { iso } from '../clock.js';
import { cityIso } from './instants.js';
import type { LoggedReport } from './logged-report.js';

type Column = [heading: string, cell: (report: LoggedReport) => string | number | null];

const said = (value: boolean | null) => (value === null ? null : value ? 'true' : 'false');

function timeColumns(utcOffset: UtcOffset): Column[] {
  return [
    ['at (UTC)', ({ at }) => iso(at)],
    ['at (city)', ({ at }) => cityIso(at, utcOffset)],
  ];
}
const TRUST: Column[] = [
  ['late', ({ late }) => said(late)],
  ['doubt', ({ doubt }) => doubt],
];

/** Where the truck was: every report, also the doubted, WGS-84. */
export function trackCsv(reports: LoggedReport[], utcOffset: UtcOffset): string {
  return csv(reports, [
    ...timeColumns(utcOffset),
    ['lat (deg)', ({ lat }) => lat],
    ['lon (deg)', ({ lon }) => lon],
    ['speed (km/h)', ({ speedKmh }) => speedKmh],
    ['heading (deg)', ({ headingDeg }) => headingDeg],
    ['altitude (m)', ({ altitudeM }) => altitudeM],
    ['accuracy (m)', ({ accuracyM }) => accuracyM],
    ['satellites', ({ satellites }) => satellites],
    ['odometer (km)', ({ odometerKm }) => odometerKm],
    ['terminal', ({ source }) => source],
    ['heard (UTC)', ({ heardAt }) => iso(heardAt)],
    ['buffered', ({ buffered }) => said(buffered)],
    ['seq', ({ seq }) => seq],
    ...TRUST,
    ['digest', ({ digest }) => digest],
  ]);
}

/** What its sensors said: raw values, an empty cell is «not said». */
export function seriesCsv(reports: LoggedReport[], utcOffset: UtcOffset): string {
  return csv(reports, [
    ...timeColumns(utcOffset),
    ['speed (km/h)', ({ speedKmh }) => speedKmh],
    ['load (kg)', ({ loadKg }) => loadKg],
    ['load state', ({ loadState }) => loadState],
    ['bed angle (deg)', ({ bedAngleDeg }) => bedAngleDeg],
    ['bed', ({ bed }) => bed],
    ['cover', ({ cover }) => cover],
    ['ignition', ({ ignition }) => said(ignition)],
    ...TRUST,
  ]);
}

/** With a byte order mark, or Excel takes Chinese for something else; a cell that a spreadsheet would run as a formula is quoted. */
function csv(reports: LoggedReport[], columns: Column[]): string {
  const rows = reports.map((report) => columns.map(([, cell]) => cell(report)));
  return stringify(rows, { bom: true, header: true, columns: columns.map(([heading]) => heading), escape_formulas: true });
}

/** The believed reports as one line, and every report as a point with what it said. */
export function trackGeojson(reports: LoggedReport[]): object {
  const believed = reports.filter(({ doubt }) => doubt === null);
  const line = {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: believed.map(({ lon, lat }) => [lon, lat]) },
    properties: { kind: 'track', times: believed.map(({ at }) => iso(at)) },
  };
  const points = reports.map(({ lon, lat, at, heardAt, ...report }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { kind: 'report', at: iso(at), heardAt: iso(heardAt), ...report },
  }));
  // One point makes no line.
  return { type: 'FeatureCollection', features: believed.length > 1 ? [line, ...points] : points };
}

/** GPX 1.1 knows no doubt: the track holds what was believed, and says how many points it leaves out. */
export function trackGpx(name: string, reports: LoggedReport[]): string {
  const believed = reports.filter(({ doubt }) => doubt === null);
  const left = reports.length - believed.length;
  const points = believed.map(
    ({ lat, lon, at, altitudeM }) =>
      `      <trkpt lat="${lat}" lon="${lon}">${altitudeM === null ? '' : `<ele>${altitudeM}</ele>`}<time>${iso(at)}</time></trkpt>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="MuckWatch" xmlns="http://www.topografix.com/GPX/1/1">',
    '  <trk>',
    `    <name>${xml(name)}</name>`,
    `    <desc>${believed.length} points; ${left} doubted ones are in track.csv and track.geojson only</desc>`,
    '    <trkseg>',
    ...points,
    '    </trkseg>',
    '  </trk>',
    '</gpx>',
    '',
  ].join('\n');
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
