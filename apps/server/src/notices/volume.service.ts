import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Role } from '@muckwatch/contract';
import { type EpochMs, HOUR_MS, MINUTE_MS, type PlaceKind, recipients, type VolumeKind, volumeLevel } from '@muckwatch/domain';
import { sees } from '../auth/viewer.js';
import { Chore } from '../chore.js';
import { now } from '../clock.js';
import { Database } from '../db/database.js';
import { HAULED, hauledOf, type HauledRow } from '../fleet/haul-volume.js';
import { Directory } from './directory.js';
import { NoticeMaking, tellDraft } from './making.js';
import { insertDeliveries, insertNotices, noticeId } from './notice-drafts.js';
import { Notices } from './notices.service.js';

/** Permits whose hauls changed are counted again after so long, all of them now and then: judging again and people edit too. */
const EVERY_MS = MINUTE_MS;
const ALL_EVERY_MS = HOUR_MS;
const A_ROUND = 50;

const SEVERITY = { 'volume-90': 'minor', 'volume-100': 'serious' } as const;

/** Tells when 90 and 100 % of the volume that a permit allows have been hauled: once a permit, level and person. */
@Injectable()
export class Volumes implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Volumes', EVERY_MS, () => this.round(now()));
  readonly #due = new Set<string>();
  #allAt = 0;

  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly making: NoticeMaking,
    private readonly notices: Notices,
  ) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** After the commit of hauls. */
  hauled(permitIds: Iterable<string>): void {
    for (const id of permitIds) this.#due.add(id);
  }

  /** Counts what is due as of a time. */
  async round(at: EpochMs): Promise<void> {
    if (at - this.#allAt >= ALL_EVERY_MS) {
      const { rows } = await this.database.query<{ id: string }>('select id from permits where not retired and volume_m3 > 0');
      rows.forEach(({ id }) => this.#due.add(id));
      this.#allAt = at;
    }
    while (this.#due.size > 0 && !this.#chore.stopping) {
      const ids = [...this.#due].slice(0, A_ROUND);
      ids.forEach((id) => this.#due.delete(id));
      try {
        const { rows } = await this.database.query<VolumeRow>(COUNT, [ids]);
        for (const row of rows) await this.#tell(row, at);
      } catch (error) {
        ids.forEach((id) => this.#due.add(id));
        throw error;
      }
    }
  }

  async #tell(row: VolumeRow, at: EpochMs): Promise<void> {
    const level = row.hauled_m3 === null ? null : volumeLevel(row.hauled_m3, row.volume_m3);
    const { hauledM3, hauls, estimatedHauls } = hauledOf(row);
    if (level === null || hauledM3 === null) return;
    const permit = { id: row.id, volumeM3: row.volume_m3, hauledM3, hauls, estimatedHauls };
    const severity = SEVERITY[level];
    const seen = { companyId: row.company_id, placeIds: [row.site_id], districtIds: [row.district_id] };
    const told = recipients(this.directory.rules, this.directory.people, { kind: level, severity, sinceLeavingMs: null }, ({ scope }) => sees(scope, seen));
    if (told.length === 0) return;
    const said = {
      kind: level,
      severity,
      companyId: row.company_id,
      placeId: row.site_id,
      place: { id: row.site_id, kind: row.site_kind, name: row.site_name },
      districtId: row.district_id,
      permit,
      summary: summaryOf(row, level, permit),
    };
    const drafts = told.map(({ person, ...rule }) => {
      const because = { ...rule, escalateToRole: rule.escalateToRole as Role | null, escalatedFrom: null, toldBy: null };
      return this.making.ofPermit(person, { ...said, key: `permit:${row.id}:${level} ${person.accountId}` }, because, at);
    });
    const opened = await this.database.transaction(async (client) => {
      const written = await insertNotices(client, drafts, this.making.day(at));
      const isNew = new Set(written.map(({ notice }) => notice.id));
      await insertDeliveries(
        client,
        drafts.filter(({ key }) => isNew.has(noticeId(key))).flatMap((draft) => tellDraft(this.making, draft, 'opened')),
      );
      return written;
    });
    this.notices.tellPages(opened);
  }
}

interface VolumeRow extends HauledRow {
  id: string;
  company_id: string;
  site_id: string;
  site_kind: PlaceKind;
  site_name: string;
  district_id: string | null;
  volume_m3: number;
}

const COUNT = `
  select h.*, p.id, p.company_id, p.site_id, s.kind as site_kind, s.name as site_name, s.district_id, p.volume_m3
  from (${HAULED}) h join permits p on p.id = h.permit_id join places s on s.id = p.site_id
  where not p.retired and p.volume_m3 > 0 order by p.id`;

function summaryOf(row: VolumeRow, level: VolumeKind, { hauledM3, hauls, estimatedHauls }: { hauledM3: number; hauls: number; estimatedHauls: number }) {
  const percent = Math.floor((hauledM3 / row.volume_m3) * 100);
  const zh = level === 'volume-100' ? '核准量已运完' : '核准量将运完';
  const estimated =
    estimatedHauls > 0
      ? { zh: `，其中 ${estimatedHauls} 趟按中位箱容估计`, en: `, ${estimatedHauls} of them estimated by the fleet’s median box` }
      : { zh: '', en: '' };
  return {
    zh: `${row.site_name}:许可 ${row.id} ${zh}，已运 ${hauledM3} / ${row.volume_m3} m³(${percent} %,${hauls} 趟${estimated.zh})`,
    en: `${row.site_name}: permit ${row.id} has ${hauledM3} of ${row.volume_m3} m³ hauled (${percent} %, ${hauls} hauls${estimated.en})`,
  };
}
