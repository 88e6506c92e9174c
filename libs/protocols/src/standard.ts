import { compareReports, type Report } from '@muckwatch/domain';
import type { Command, Decoded, Decoder, Reply, Unreadable } from './decoder.js';
import { digestOf } from './digest.js';
import { acceptance } from './acceptance.js';
import { checkTexts, extrasOf } from './extras.js';
import { accepted } from './faults.js';
import { elementTexts, parseJson, textOf } from './json.js';
import { readPicture } from './picture.js';
import { readSighting } from './standard-sighting.js';
import { MAX_REPORTS, wireCommand, wireReply, wireReport, wireStatus } from './standard-schemas.js';
import { commandsTopic, parseTopic, ROOT } from './topic.js';
import { shown, UnreadablePayload } from './unreadable.js';
import { readTime } from './wire-time.js';

/**
 * The protocol of `wire.md`: JSON under `muck/v1`.
 *
 *     muck/v1/terminals/{id}/reports     {"time":"2026-11-23T21:04:10+08:00","lat":31.6923,"lon":113.3781,"speedKmh":38.5,…}   or [ … ≤ 500 ]
 *     muck/v1/terminals/{id}/status      {"online":true}
 *     muck/v1/terminals/{id}/replies     {"id":"0198…","status":"done","detail":null,"time":"2026-11-23T21:04:12+08:00"}
 *     muck/v1/cameras/{id}/sightings     {"id":"c7-000123","time":"…","kind":"pass","direction":"out","plate":"鄂S12345",…}
 *     muck/v1/cameras/{id}/status        {"online":true}
 *     muck/v1/terminals/{id}/commands    down: {"id":"0198…","kind":"speak","text":"请关闭顶盖后行驶","expiresAt":"…"}
 */
export const standard: Decoder = { root: ROOT, decode, encode };

function decode(topic: string, payload: Buffer): Decoded[] {
  try {
    const address = parseTopic(topic);
    if (!address) throw new UnreadablePayload('unknown-topic', `${shown(topic)} is not a topic of ${ROOT}`);
    const { sender, channel } = address;
    // An empty retained message is how MQTT forgets one: it says nothing.
    if (channel === 'status' && payload.length === 0) return [];

    const text = textOf(payload);
    const value = parseJson(text);
    if (channel === 'reports') return readReports(sender.id, value, text);
    if (hasEscapes(text)) checkTexts(value);
    if (channel === 'sightings') return [{ kind: 'sighting', sighting: readSighting(sender.id, value) }];
    if (channel === 'replies') return [{ kind: 'reply', reply: readReply(sender.id, value) }];
    return [{ kind: 'status', sender, online: accepted(wireStatus, value, 'the status').online }];
  } catch (error) {
    return [unreadable(error, payload)];
  }
}

function readReports(terminal: string, value: unknown, text: string): Decoded[] {
  const escapes = hasEscapes(text);
  if (!Array.isArray(value)) return [{ kind: 'report', report: readReport(terminal, value, escapes) }];
  if (value.length > MAX_REPORTS) throw new UnreadablePayload('too-many', `an array of ${value.length} reports is longer than ${MAX_REPORTS}`);

  const reports: { kind: 'report'; report: Report }[] = [];
  const refused: Unreadable[] = [];
  let texts: string[] | null = null;
  for (let i = 0; i < value.length; i++) {
    try {
      reports.push({ kind: 'report', report: readReport(terminal, value[i], escapes) });
    } catch (error) {
      texts ??= elementTexts(text);
      refused.push(unreadable(error, Buffer.from(texts[i]!)));
    }
  }
  reports.sort((a, b) => compareReports(a.report, b.report));
  return [...reports, ...refused];
}

const acceptsReport = acceptance(wireReport);
const KNOWN_OF_REPORT: ReadonlySet<string> = new Set(Object.keys(wireReport.shape));

function readReport(source: string, element: unknown, escapes: boolean): Report {
  if (escapes) checkTexts(element);
  // Without a fix the position is often missing too: say the cause, not the consequence.
  if ((element as { fix?: unknown } | null)?.fix === false) throw new UnreadablePayload('no-fix', 'fix is false: the terminal has no satellite fix');
  const wire = acceptsReport(element) ? element : accepted(wireReport, element, 'the report');

  const { lat, lon } = wire;
  if (plain(lat) === 0 && plain(lon) === 0) throw new UnreadablePayload('null-island', 'lat 0 and lon 0 are what receivers say that know no position');
  const report: Report = {
    source,
    at: readTime(wire.time, 'time'),
    digest: '',
    point: [plain(lon), plain(lat)],
    fix: true,
    speedKmh: said(wire.speedKmh),
    headingDeg: said(wire.headingDeg),
    altitudeM: said(wire.altitudeM),
    accuracyM: said(wire.accuracyM),
    satellites: said(wire.satellites),
    odometerKm: said(wire.odometerKm),
    ignition: wire.ignition ?? null,
    bed: wire.bed ?? null,
    bedAngleDeg: said(wire.bedAngleDeg),
    cover: wire.cover ?? null,
    loadKg: said(wire.loadKg),
    loadState: wire.loadState ?? null,
    seq: said(wire.seq),
    buffered: wire.buffered ?? false,
    extra: extrasOf(wire, KNOWN_OF_REPORT),
  };
  report.digest = digestOf(report);
  return report;
}

/** A report as a terminal would write it, e.g. one element of an upload that is kept by itself: decoded again it is the same, its digest too. */
export function writeReport({ at, point: [lon, lat], source: _, digest: __, extra, ...said }: Report): Buffer {
  return Buffer.from(JSON.stringify({ ...extra, time: at, lat, lon, ...said }));
}

function readReply(terminal: string, value: unknown): Reply {
  const wire = accepted(wireReply, value, 'the reply');
  return {
    terminal,
    id: wire.id,
    status: wire.status,
    detail: wire.detail ?? null,
    at: (wire.time ?? null) === null ? null : readTime(wire.time, 'time'),
    photo: readPicture(wire.photo, 'photo'),
  };
}

function encode(terminal: string, command: Command): { topic: string; payload: Buffer } {
  const releases = 'releasesAt' in command ? { releasesAt: new Date(command.releasesAt).toISOString() } : {};
  const wire = wireCommand.parse({ ...command, ...releases, expiresAt: new Date(command.expiresAt).toISOString() });
  return { topic: commandsTopic({ kind: 'terminal', id: terminal }), payload: Buffer.from(JSON.stringify(wire)) };
}

/** Only an escape can bring in a U+0000 or half a pair: JSON allows no raw control character, UTF-8 no raw surrogate. */
function hasEscapes(text: string): boolean {
  return text.includes('\\u');
}

function said(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : plain(value);
}

/** -0 is 0, and so is what a `real` column refuses as an underflow (1e-50). */
function plain(value: number): number {
  return value > -1e-30 && value < 1e-30 ? 0 : value;
}

function unreadable(error: unknown, bytes: Buffer): Unreadable {
  if (!(error instanceof UnreadablePayload)) throw error;
  return { kind: 'unreadable', reason: error.reason, detail: error.detail, bytes };
}
