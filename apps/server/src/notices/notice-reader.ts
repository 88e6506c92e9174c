import { Injectable } from '@nestjs/common';
import type { NoticeDetail } from '@muckwatch/contract';
import { MINUTE_MS, RULES } from '@muckwatch/domain';
import type { Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { TrackStore } from '../history/track.store.js';
import { VOLUME_RULES } from './kind-names.js';
import type { NoticeRow } from './notice-row.js';
import { NoticeStore } from './notice.store.js';

/** A notice with everything around it, for the page and for paper. */
@Injectable()
export class NoticeReader {
  constructor(
    private readonly store: NoticeStore,
    private readonly tracks: TrackStore,
  ) {}

  /** @throws Refusal 404 for a notice that there is not, or not in the viewer's scope */
  async detail(viewer: Viewer, id: string): Promise<NoticeDetail> {
    const { row, notice } = await this.store.one(viewer, id);
    const [facts, track, steps, deliveries] = await Promise.all([this.store.facts(row), this.#track(row), this.store.steps(id), this.store.deliveries(row)]);
    return { ...notice, rule: ruleOf(notice.kind), facts, track, steps, deliveries };
  }

  async #track(row: NoticeRow): Promise<NoticeDetail['track']> {
    if (row.truck_id === null || row.lead_alert === null) return [];
    const began = row.began.getTime();
    // An episode that goes on is shown for a while: its terminal may be silent for days.
    const ended = (await this.store.ended(row))?.getTime() ?? Math.min(now(), began + 10 * MINUTE_MS);
    return (await this.tracks.around(row.truck_id, began, ended)).map(({ at, lat, lon }) => ({ at, lat, lon }));
  }
}

function ruleOf(kind: NoticeDetail['kind']): NoticeDetail['rule'] {
  if (kind === 'volume-90' || kind === 'volume-100') return VOLUME_RULES[kind];
  const rule = RULES.find(({ code }) => code === kind);
  return rule ? { name: rule.name, description: rule.description } : null;
}
