import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Health } from '@muckwatch/contract';
import { iso, now } from '../clock.js';
import { type Scope, WHOLE_CITY } from '../auth/viewer.js';
import { Config } from '../config.js';
import { Database, type DatabaseHealth } from '../db/database.js';
import { CommandStore } from '../downlink/command.store.js';
import { FleetService } from '../fleet/fleet.service.js';
import { QuarantineStore } from '../history/quarantine.store.js';
import { Counters } from '../intake/counters.js';
import { Intake } from '../intake/intake.service.js';
import { Recorder } from '../intake/recorder.js';
import { JudgingService } from '../judging/judging.service.js';
import { LiveService } from '../live/live.service.js';

const EVERY_MS = 3_000;
const VERSION = process.env.npm_package_version ?? '0.1.0';

/** How the machine itself is: read every 3 s, shown to everybody who is signed in. */
@Injectable()
export class HealthService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #startedAt = now();
  #timer: NodeJS.Timeout | null = null;
  #database: DatabaseHealth | null = null;
  #databaseSince = now();
  #versions = '';
  #quarantinedLast24h = 0;
  #due = 0;
  #downlink = { asked: 0, queued: 0, unanswered: 0 };

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly fleet: FleetService,
    private readonly quarantine: QuarantineStore,
    private readonly counters: Counters,
    private readonly intake: Intake,
    private readonly recorder: Recorder,
    private readonly live: LiveService,
    private readonly judging: JudgingService,
    private readonly commands: CommandStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
  }

  onApplicationShutdown(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Ready to serve: the database answers and packets can come in. */
  get ready(): boolean {
    return this.#database?.reachable === true && this.intake.link?.health().ok === true;
  }

  async refresh(): Promise<void> {
    await this.#read();
    this.live.health(this.current());
    this.#timer = setTimeout(() => void this.refresh(), EVERY_MS).unref();
  }

  for(scope: Scope): Health {
    return this.live.healthFor(scope, this.current());
  }

  current(): Health {
    const { counters } = this;
    const at = now();
    const link = this.intake.link?.health();
    const { heard, silent } = this.live.board.counts(WHOLE_CITY, at);
    const { trucks, places } = this.fleet.counts();
    return {
      at: iso(at),
      version: VERSION,
      startedAt: iso(this.#startedAt),
      cityTimeZone: this.config.cityTimeZone,
      database: {
        kind: this.database.kind,
        ok: this.#database?.reachable ?? false,
        since: iso(this.#databaseSince),
        error: this.#database?.reason ?? null,
        versions: this.#versions,
        queued: this.#database?.pool.waiting ?? 0,
        waitMs: this.#database?.answeredInMs ?? null,
        commitP50Ms: counters.commitMs.of(0.5),
        commitP99Ms: counters.commitMs.of(0.99),
      },
      broker: {
        kind: this.config.mqttUrl === null ? 'embedded' : 'joined',
        ok: link?.ok ?? false,
        since: iso(link?.since ?? this.#startedAt),
        error: link?.error ?? null,
        clients: link?.clients ?? null,
        refusedSignIns: link?.refusedSignIns ?? 0,
        refusedTopics: link?.refusedTopics ?? 0,
      },
      intake: {
        reportsPerS: counters.reportRate.perSecond(),
        messagesPerS: counters.messageRate.perSecond(),
        waiting: this.recorder.waiting,
        reports: counters.reports,
        duplicates: counters.duplicates,
        late: counters.late,
        doubted: counters.doubted,
        quarantined: counters.quarantined,
        sightings: counters.sightings,
        ruleFaults: counters.ruleFaults,
        lastReportAt: counters.lastHeardAt === null ? null : iso(counters.lastHeardAt),
        receivedToCommittedP50Ms: counters.receivedToCommittedMs.of(0.5),
        receivedToCommittedP99Ms: counters.receivedToCommittedMs.of(0.99),
        fixToReceivedP50Ms: counters.fixToReceivedMs.of(0.5),
        fixToReceivedP99Ms: counters.fixToReceivedMs.of(0.99),
      },
      fleet: { trucks, heard, silent, places },
      judging: { due: this.#due, ...this.judging.counts },
      downlink: this.#downlink,
      live: { sockets: this.live.sockets },
      quarantine: { last24h: this.#quarantinedLast24h },
      memoryMb: Math.round(process.memoryUsage().rss / 1_048_576),
    };
  }

  async #read(): Promise<void> {
    const before = this.#database?.reachable;
    this.#database = await this.database.health();
    if (before !== this.#database.reachable) this.#databaseSince = now();
    if (!this.#database.reachable) return;
    try {
      this.#quarantinedLast24h = await this.quarantine.countLast24h();
      this.#due = await this.judging.due();
      this.#downlink = await this.commands.counts();
      if (this.#versions === '') this.#versions = await this.#readVersions();
    } catch {
      // It went away between two questions; the next round says so.
    }
  }

  async #readVersions(): Promise<string> {
    const { rows } = await this.database.query<{ versions: string }>(
      `select 'PostgreSQL ' || current_setting('server_version') || ' · TimescaleDB ' || (select extversion from pg_extension where extname = 'timescaledb') as versions`,
    );
    return rows[0]!.versions;
  }
}
