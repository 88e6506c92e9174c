import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MINUTE_MS } from '@muckwatch/domain';
import { createHash } from 'node:crypto';
import { Audit } from '../audit/audit.service.js';
import { Chore } from '../chore.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';

const SETTLE_MS = 2 * MINUTE_MS;
const EVERY_MS = 30_000;
const A_ROUND = 50;

/** Copies what an alert rests on into the alert and hashes it, so that the retention of the raw reports cannot eat it. */
@Injectable()
export class EvidenceService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Evidence', EVERY_MS, async () => {
    while (!this.#chore.stopping && (await this.sealSettled(now())) === A_ROUND);
  });

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** Seals one alert as it stands; a second call finds it sealed. Answers whether this call sealed it. */
  async seal(alertId: string): Promise<boolean> {
    const found = await this.#facts(`${FACTS} and a.sealed_at is null`, alertId);
    if (!found) return false;
    const sealedAt = iso(now());
    // The very text that was hashed is what is stored: no JSON is parsed and written anew on the way.
    const document = `{"sealedAt":"${sealedAt}","alert":${found.facts},"reports":${found.reports}}`;
    const sha256 = createHash('sha256').update(document).digest('hex');
    const { rowCount } = await this.database.query(SEAL, [alertId, sealedAt, sha256, document]);
    if (rowCount !== 1) return false;
    // In the audit the hash is chained and sealed itself: an evidence that was changed together with its hash is found out. Rows of a round are written together.
    void this.audit.system('evidence sealed', alertId, { sha256 });
    return true;
  }

  /** What a seal would hold of an alert as it stands now, as JSON; null where there is no such alert. */
  facts(alertId: string): Promise<{ facts: string; reports: string } | null> {
    return this.#facts(FACTS, alertId);
  }

  /** Seals every alert whose episode ended two minutes ago or earlier. */
  async sealSettled(at: number): Promise<number> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from alerts where sealed_at is null and ended is not null and ended < $1 order by began limit ${A_ROUND}`,
      [iso(at - SETTLE_MS)],
    );
    for (const { id } of rows) await this.seal(id);
    return rows.length;
  }

  async #facts(sql: string, alertId: string): Promise<{ facts: string; reports: string } | null> {
    const { rows } = await this.database.query<{ facts: string; reports: string }>(sql, [alertId]);
    return rows[0] ?? null;
  }
}

const FACTS = `
  select json_build_object('id', a.id, 'rule', a.rule, 'severity', a.severity, 'truckId', a.truck_id, 'plate', a.plate, 'companyId', a.company_id, 'place', a.place,
           'began', a.began, 'ended', a.ended, 'late', a.late, 'evidence', a.evidence, 'limits', a.limits, 'summary', json_build_object('zh', a.summary_zh, 'en', a.summary_en)
         )::text as facts,
         coalesce((select json_agg(r order by r.at, r.digest) from reports r
           where r.truck_id = a.truck_id and r.at between a.began - interval '2 minutes' and coalesce(a.ended, now()) + interval '2 minutes'), '[]')::text as reports
  from alerts a where a.id = $1`;

const SEAL = `
  with sealed as (update alerts set sealed_at = $2, sealed_sha256 = $3 where id = $1 and sealed_at is null returning id)
  insert into alert_evidence (alert_id, sealed_at, sha256, document) select id, $2, $3, $4 from sealed on conflict (alert_id, sealed_at) do nothing`;
