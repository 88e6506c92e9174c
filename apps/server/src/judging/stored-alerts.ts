import { Injectable } from '@nestjs/common';
import type { LabAlert } from '@muckwatch/contract';
import type { EpochMs, KnownEpisode, RuleCode } from '@muckwatch/domain';
import { ALERT_COLUMNS, alertOf, type AlertRow } from '../alerts/alert-row.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';

export interface StoredAlert extends KnownEpisode {
  shown: Omit<LabAlert, 'change'>;
}

/** Alerts as they are stored, to be compared with what other limits find. */
@Injectable()
export class StoredAlerts {
  constructor(private readonly database: Database) {}

  /** Of one truck and these rules, found within a time; contradicted ones are no alerts any more. */
  async found(truckId: string, from: EpochMs, to: EpochMs, rules: RuleCode[]): Promise<StoredAlert[]> {
    const { rows } = await this.database.query<AlertRow & { scope: string }>(
      `select ${ALERT_COLUMNS}, a.scope from alerts a left join companies c on c.id = a.company_id
       where a.truck_id = $1 and a.found_at >= $2 and a.found_at < $3 and a.rule = any($4::text[]) and a.contradicted_at is null`,
      [truckId, iso(from), iso(to), rules],
    );
    return rows.map((row) => {
      const { rule, severity, place, began, ended, position, summary } = alertOf(row);
      const truck = { id: truckId, plate: row.plate ?? truckId };
      return {
        id: row.id,
        key: `${rule} ${row.scope}`,
        began: row.began.getTime(),
        ended: row.ended?.getTime() ?? null,
        contradicted: false,
        shown: { alertId: row.id, rule, severity, truck, place, began, ended, position, summary },
      };
    });
  }
}
