import { Injectable } from '@nestjs/common';
import type { OfferBody, Offered } from '@muckwatch/contract';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { QUARANTINE_BYTES } from './entry.js';
import { Recorder } from './recorder.js';

/** Messages a call: more would hold the answer, and live reports, up. */
const A_CALL = 2_000;
const A_PAGE = 100;

/** Offers quarantined messages again, after a terminal was registered or a decoder mended. What is refused once more is quarantined anew. */
@Injectable()
export class QuarantineOffer {
  constructor(
    private readonly database: Database,
    private readonly recorder: Recorder,
  ) {}

  async offer({ reason, source }: OfferBody): Promise<Offered> {
    // Only what was there when it was asked for: else what is refused again would be offered for ever.
    const which = [reason?.replaceAll('\u0000', '\ufffd') ?? null, source?.replaceAll('\u0000', '\ufffd') ?? null, iso(now())];
    const answer: Offered = { offered: 0, taken: 0, refused: 0, cut: 0, left: 0 };
    while (answer.offered < A_CALL) {
      const { rows } = await this.database.query<Kept>(
        `select id, received_at, topic, payload from quarantine where ${WAITING} and bytes <= ${QUARANTINE_BYTES} order by received_at, id limit ${A_PAGE}`,
        which,
      );
      if (rows.length === 0) break;
      const taken = await Promise.all(rows.map(({ topic, payload }) => this.recorder.offer({ topic, payload, retained: false })));
      await this.database.query(
        `update quarantine q set offered_at = $3 from unnest($1::text[], $2::timestamptz[]) as k(id, received_at) where q.id = k.id and q.received_at = k.received_at`,
        [rows.map(({ id }) => id), rows.map(({ received_at }) => received_at), iso(now())],
      );
      answer.offered += rows.length;
      answer.taken += taken.filter(Boolean).length;
    }
    answer.refused = answer.offered - answer.taken;
    const { rows } = await this.database.query<{ cut: number; whole: number }>(
      `select count(*) filter (where bytes > ${QUARANTINE_BYTES})::int as cut, count(*) filter (where bytes <= ${QUARANTINE_BYTES})::int as whole from quarantine where ${WAITING}`,
      which,
    );
    return { ...answer, cut: rows[0]!.cut, left: rows[0]!.whole };
  }
}

const WAITING = '($1::text is null or reason = $1) and ($2::text is null or source = $2) and received_at <= $3 and offered_at is null';

interface Kept {
  id: string;
  received_at: Date;
  topic: string;
  payload: Buffer;
}
