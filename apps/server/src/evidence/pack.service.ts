import { Injectable } from '@nestjs/common';
import type { AlertDetail, BaseMap } from '@muckwatch/contract';
import { type EpochMs, MINUTE_MS, RULES } from '@muckwatch/domain';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AlertReader, stretchOf } from '../alerts/alert-reader.js';
import type { AlertRow } from '../alerts/alert-row.js';
import { EvidenceService } from '../alerts/evidence.service.js';
import { Audit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Config } from '../config.js';
import { BaseMapStore } from '../fleet/base-map.store.js';
import { FleetService } from '../fleet/fleet.service.js';
import { RegistryStore } from '../fleet/registry.store.js';
import { RESOURCES } from '../fleet/resources.js';
import { linesNear } from '../paper/paper-base.js';
import { Around, type Surroundings } from './around.js';
import { EvidenceStore, type VersionInForce } from './evidence.store.js';
import { instantOf } from './instants.js';
import { type LoggedReport, reportOf, type ReportRow } from './logged-report.js';
import { FORMAT, FORMAT_VERSION, listed, type Manifest, MANIFEST, quoteOf, REPORT, SEALED, type SealedManifest, SUMS, sumsOf } from './manifest.js';
import { bytesFile, jsonFile, type PackFile, textFile } from './pack-file.js';
import { zipOf } from './pack-zip.js';
import { readme } from './readme.js';
import { evidenceReport } from './report/evidence-report.js';
import { picturesFor } from './report/report-pictures.js';
import { sinceSealing } from './since-sealing.js';
import { seriesCsv, trackCsv, trackGeojson, trackGpx } from './track-files.js';
import { bordersOf, placesGeojson, type Thing, thingsOf } from './versions.js';

const VERSION = process.env.npm_package_version ?? '0.1.0';
const AROUND_MS = 2 * MINUTE_MS;

export interface Pack {
  /** Of the file as it is offered. */
  fileName: string;
  zip: Readable;
  /** What the audit keeps of it. */
  taken: Record<string, unknown>;
}

/** The reports of the alert's stretch. */
interface Stretch {
  from: EpochMs;
  to: EpochMs;
  reports: LoggedReport[];
  of: Manifest['reports']['of'];
  whole: boolean;
}

/** Everything that an alert rests on as one file, for whoever may see the alert, and of it only what they may see. */
@Injectable()
export class PackService {
  constructor(
    private readonly reader: AlertReader,
    private readonly evidence: EvidenceService,
    private readonly store: EvidenceStore,
    private readonly around: Around,
    private readonly registry: RegistryStore,
    private readonly fleet: FleetService,
    private readonly baseMap: BaseMapStore,
    private readonly audit: Audit,
    private readonly config: Config,
  ) {}

  /** @throws Refusal 404 for an alert that there is not, or not in the viewer's scope */
  async of(viewer: Viewer, alertId: string): Promise<Pack> {
    const exportedAt = now();
    const { row, detail } = await this.reader.withoutSeries(viewer.scope, alertId);
    const judged = await this.store.judged(alertId);
    const { document, sealed } = await this.#sealed(alertId, detail.sealed?.sha256 ?? null);
    const stretch = await this.#stretch(row, document, sealed);
    const seen = await this.around.of(viewer, detail, stretch);
    const world = this.fleet.worlds.at(judged.foundAt);
    const things = thingsOf(detail, { world, at: judged.foundAt, reports: stretch.reports, sightings: seen.sightings });
    const versions = await this.store.inForce(await this.#visible(viewer, things), judged.foundAt);
    const facts = { ...judged, sameWorld: world.version === judged.worldVersion };

    const files = this.#files(detail, facts, stretch, seen, versions, document);
    const manifest = await this.#manifest(viewer, exportedAt, detail, judged.foundAt, stretch, seen, sealed, files);
    const manifestFile = jsonFile(MANIFEST, 'what the pack holds', manifest);
    const base = linesNear(JSON.parse(await this.baseMap.read()) as BaseMap, { position: detail.position, track: stretch.reports });
    const pictures = await picturesFor(seen.pictures);
    const report = await evidenceReport({
      ...{ alert: detail, judged: facts, reports: stretch.reports, seen, versions, pictures, base: [...base, ...bordersOf(versions)], manifest },
      ...{ manifestSha256: manifestFile.sha256, quote: quoteOf(manifestFile.sha256), utcOffset: this.fleet.utcOffset, exportedAt },
    });
    const named = [...files, manifestFile, bytesFile(REPORT, 'the report', report)].sort(byName);
    const all = [...named, textFile(SUMS, 'the hash of every file', sumsOf(named))];
    return {
      fileName: `alert-${alertId.replaceAll(/[^\w.-]+/g, '_')}.zip`,
      zip: zipOf(all, exportedAt),
      taken: { manifestSha256: manifestFile.sha256, sumsSha256: all.at(-1)!.sha256, files: all.length, missing: seen.missing.length },
    };
  }

  /** The newest seal, whether its document still has the hash it was sealed as, and what the alert says otherwise since. */
  async #sealed(alertId: string, inForce: string | null): Promise<{ document: string | null; sealed: SealedManifest | null }> {
    const [newest, ...earlier] = await this.store.sealings(alertId);
    const document = newest ? await this.store.sealedDocument(alertId) : null;
    const facts = await this.evidence.facts(alertId);
    if (!newest || document === null || !facts) return { document: null, sealed: null };
    const holds = createHash('sha256').update(document).digest('hex') === newest.sha256;
    return {
      document,
      sealed: {
        file: SEALED,
        at: iso(newest.at),
        sha256: newest.sha256,
        holds,
        current: newest.sha256 === inForce,
        sinceSealing: sinceSealing(document, facts),
        earlier: earlier.map(({ at, sha256 }) => ({ at: iso(at), sha256 })),
      },
    };
  }

  /** Two minutes before to two after, from the log; what the log has lost of it since it was sealed, from the seal. */
  async #stretch(row: AlertRow, document: string | null, sealed: SealedManifest | null): Promise<Stretch> {
    const { began, ended } = stretchOf(row);
    const [from, to] = [began - AROUND_MS, ended + AROUND_MS];
    if (row.truck_id === null) return { from, to, reports: [], of: 'nothing', whole: true };
    if (document !== null && sealed && sealed.sinceSealing.reports.removed > 0) {
      const { reports } = JSON.parse(document) as { reports: ReportRow[] };
      return { from, to, reports: reports.map(reportOf), of: 'seal', whole: true };
    }
    return { from, to, ...(await this.store.reports(row.truck_id, from, to)), of: 'log' };
  }

  /** Limits are everybody's; of the rest what the registry shows the viewer. */
  async #visible({ scope }: Viewer, things: Thing[]): Promise<Thing[]> {
    const kinds = [...new Set(things.map(({ kind }) => kind))];
    const shown = await Promise.all(
      kinds.map(async (kind) => {
        const ofKind = things.filter((thing) => thing.kind === kind);
        if (kind === 'limits') return ofKind;
        const visible = await this.registry.visible(RESOURCES[kind], scope, ofKind.map(({ id }) => id)); // prettier-ignore
        return ofKind.filter(({ id }) => visible.has(id));
      }),
    );
    return shown.flat();
  }

  #files(
    detail: Omit<AlertDetail, 'series'>,
    judged: { foundAt: EpochMs; worldVersion: number; sameWorld: boolean },
    { reports }: Stretch,
    seen: Surroundings,
    versions: VersionInForce[],
    document: string | null,
  ): PackFile[] {
    const rule = RULES.find(({ code }) => code === detail.rule)!;
    const { utcOffset } = this.fleet;
    const files = [
      textFile('README.txt', 'what is in the pack, and how to check it', readme(detail.id)),
      jsonFile('alert.json', 'the alert, its rule, limits and steps', {
        alert: detail,
        rule: { code: rule.code, name: rule.name, description: rule.description, limits: detail.limits },
        // A world found to be another than then: a version was entered since that reaches back.
        judged: { at: iso(judged.foundAt), worldVersion: judged.worldVersion, sameVersionsToday: judged.sameWorld },
      }),
      jsonFile('versions.json', 'what it was judged by, as it stood then', { at: iso(judged.foundAt), versions }),
      jsonFile('places.geojson', 'places and routes as they stood then', placesGeojson(versions)),
      jsonFile('sightings.json', 'what cameras saw of it', { sightings: seen.sightings }),
      jsonFile('notices.json', 'who was told of it, and what they answered', { notices: seen.notices }),
      jsonFile('commands.json', 'what was asked of the truck about it', { commands: seen.commands }),
      ...seen.pictures.map(({ file }) => file),
    ];
    if (detail.truck.id !== null) {
      files.push(
        jsonFile('track.geojson', 'the track, every report a point', trackGeojson(reports)),
        textFile('track.gpx', 'the track, believed points', trackGpx(`${detail.truck.plate ?? detail.truck.id} ${detail.rule} ${detail.began}`, reports)),
        textFile('track.csv', 'the track, every report a row', trackCsv(reports, utcOffset)),
        textFile('series.csv', 'speed, load, bed, cover and ignition, raw', seriesCsv(reports, utcOffset)),
      );
    }
    if (document !== null) files.push(textFile(SEALED, 'the sealed evidence, byte for byte', document));
    return files.sort(byName);
  }

  async #manifest(
    viewer: Viewer,
    exportedAt: EpochMs,
    alert: Omit<AlertDetail, 'series'>,
    foundAt: EpochMs,
    { from, to, reports, of, whole }: Stretch,
    { missing }: Surroundings,
    sealed: SealedManifest | null,
    files: PackFile[],
  ): Promise<Manifest> {
    const instant = (at: EpochMs) => instantOf(at, this.fleet.utcOffset);
    const optional = (at: string | null | undefined) => (at ? instant(Date.parse(at)) : null);
    const seal = await this.audit.newestSeal();
    return {
      format: FORMAT,
      formatVersion: FORMAT_VERSION,
      generator: { name: 'MuckWatch', version: VERSION },
      exportedAt: instant(exportedAt),
      exporter: { username: viewer.username, name: viewer.name, role: viewer.role },
      audit: { seal: seal && { number: seal.number, at: iso(seal.at), lastSeq: seal.lastSeq, sha256: seal.sha256 } },
      alert: { id: alert.id, rule: alert.rule, plate: alert.truck.plate, status: alert.status, version: alert.version },
      cityTimeZone: this.config.cityTimeZone,
      times: {
        began: optional(alert.began),
        ended: optional(alert.ended),
        found: instant(foundAt),
        opened: optional(alert.openedAt),
        sealed: optional(sealed?.at),
      },
      sealed,
      reports: { from: iso(from), to: iso(to), number: reports.length, of, whole },
      missing,
      files: listed(files),
    };
  }
}

function byName(a: PackFile, b: PackFile): number {
  return a.name < b.name ? -1 : 1;
}
