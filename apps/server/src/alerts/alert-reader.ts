import { Injectable } from '@nestjs/common';
import type { AlertDetail } from '@muckwatch/contract';
import { type EpochMs, MINUTE_MS } from '@muckwatch/domain';
import type { Scope } from '../auth/viewer.js';
import { now } from '../clock.js';
import { HaulStore } from '../history/haul.store.js';
import { TrackStore } from '../history/track.store.js';
import type { AlertRow } from './alert-row.js';
import { AlertStore } from './alert.store.js';

/** An alert with everything around it, for the page and for the evidence pack. */
@Injectable()
export class AlertReader {
  constructor(
    private readonly store: AlertStore,
    private readonly tracks: TrackStore,
    private readonly hauls: HaulStore,
  ) {}

  /** @throws Refusal 404 for an alert that there is not, or not in the viewer's scope */
  async detail(scope: Scope, id: string): Promise<AlertDetail> {
    const { row, detail } = await this.withoutSeries(scope, id);
    const { began, ended } = stretchOf(row);
    return { ...detail, series: row.truck_id === null ? [] : await this.tracks.around(row.truck_id, began, ended) };
  }

  /** The same but for the reports, which an evidence pack holds whole and not simplified. */
  async withoutSeries(scope: Scope, id: string): Promise<{ row: AlertRow; detail: Omit<AlertDetail, 'series'> }> {
    const { row, alert } = await this.store.one(scope, id);
    const [steps, related, haul] = await Promise.all([
      this.store.steps(id),
      this.store.related(scope, row.incident, id),
      row.haul_id === null ? null : this.hauls.one(scope, row.haul_id),
    ]);
    const sealed = row.sealed_at && { at: row.sealed_at.toISOString(), sha256: row.sealed_sha256! };
    return { row, detail: { ...alert, limits: row.limits, steps, related, haul, sealed } };
  }
}

/** An episode that goes on is shown to its last known moment and a little beyond, not to the end of time: its terminal may be silent for days. */
export function stretchOf(row: Pick<AlertRow, 'began' | 'ended' | 'evidence'>): { began: EpochMs; ended: EpochMs } {
  const began = row.began.getTime();
  const ended = row.ended?.getTime() ?? Math.min(now(), began + Number(row.evidence.durationS ?? 0) * 1_000 + 2 * MINUTE_MS);
  return { began, ended };
}
