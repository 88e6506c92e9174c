import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Role } from '@muckwatch/contract';
import { type EpochMs, isUnanswered, MINUTE_MS, NOTICE_STATUSES } from '@muckwatch/domain';
import { Chore } from '../chore.js';
import { iso, nextVersion, now } from '../clock.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { NOTICE_PHOTOS } from '../media/media.module.js';
import type { PictureFiles } from '../media/picture-files.js';
import { Directory } from './directory.js';
import { NoticeMaking } from './making.js';
import { insertDeliveries, insertNotices, insertSteps, type NoticeDraft } from './notice-drafts.js';
import { NOTICE_COLUMNS, NOTICE_JOINS, type NoticeRow, type ShownNoticeRow, type ToldNotice, toldOf } from './notice-row.js';
import { NoticeStore } from './notice.store.js';
import { Notices } from './notices.service.js';

const EVERY_MS = 10_000;
const PHOTOS_EVERY_MS = 60 * MINUTE_MS;
const A_ROUND = 100;
const BY_RULES = 'MuckWatch';
const UNANSWERED = NOTICE_STATUSES.filter(isUnanswered);

/** What time asks of notices: to pass on those that nobody acknowledged, to remind, to say that one is overdue. */
@Injectable()
export class NoticeDuties implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chores = [
    new Chore('Notices', EVERY_MS, () => this.round(now())),
    new Chore('Notices', PHOTOS_EVERY_MS, () => this.photos.clear(now(), (sha256s) => this.store.namedPhotos(sha256s))),
  ];

  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly making: NoticeMaking,
    private readonly notices: Notices,
    private readonly store: NoticeStore,
    @Inject(NOTICE_PHOTOS) private readonly photos: PictureFiles,
  ) {}

  onApplicationBootstrap(): void {
    this.#chores.forEach((chore) => chore.start());
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#chores.map((chore) => chore.stop()));
  }

  /** One pass as of a time. */
  async round(at: EpochMs): Promise<void> {
    for (const duty of [this.#escalate, this.#remind, this.#sayOverdue]) {
      for (let told = A_ROUND; told === A_ROUND;) {
        const result = await this.database.transaction((client) => duty.call(this, client, at));
        this.notices.tellPages(result.told);
        told = result.rows;
      }
    }
  }

  async #escalate(client: Queryable, at: EpochMs): Promise<Round> {
    const { rows } = await client.query<ShownNoticeRow>(
      `with due as (
         select id from notices where status = 'open' and escalate_at is not null and escalate_at <= $1 order by escalate_at limit ${A_ROUND} for update skip locked
       ), passed as (
         update notices n set escalate_at = null, version = greatest(n.version + 1, $2) from due where n.id = due.id returning n.*
       )
       select ${NOTICE_COLUMNS} from passed n ${NOTICE_JOINS}`,
      [iso(at), nextVersion()],
    );
    const told: ToldNotice[] = rows.map(toldOf);
    for (const row of rows) {
      const next = this.directory
        .covering({ companyId: row.company_id, placeIds: [row.place_id, row.site_id], districtIds: [row.district_id] }, row.escalate_to_role ?? undefined)
        .filter(({ accountId }) => accountId !== row.account_id);
      const drafts = next.map((person) => this.#passedOn(row, person, at));
      const opened = await insertNotices(client, drafts, this.making.day(at));
      for (const { notice } of opened) {
        const { id, severity, recipient } = notice;
        await insertDeliveries(client, this.making.tell({ id, accountId: recipient.accountId, severity, late: row.late }, 'escalated', at));
      }
      const names = opened.map(({ notice }) => notice.recipient.name);
      await insertSteps(client, [{ noticeId: row.id, at, step: 'escalate', by: BY_RULES, text: names.length > 0 ? names.join(', ') : null }]);
      told.push(...opened);
    }
    return { rows: rows.length, told };
  }

  /** The same notice to the next person. It is theirs to see to; it is not passed on a second time. */
  #passedOn(row: NoticeRow, person: { accountId: string; name: string; role: Role }, at: EpochMs): NoticeDraft {
    const { accountId, name, role } = person;
    const subject = row.incident ?? row.key.slice(0, -row.account_id.length - 1);
    return {
      key: `${subject} ${accountId}`,
      kind: row.kind,
      severity: row.severity,
      incident: row.incident,
      alertIds: row.alert_ids,
      leadAlert: row.lead_alert,
      repeats: row.repeats,
      late: row.late,
      accountId,
      recipientName: name,
      recipientRole: role,
      ruleId: row.rule_id,
      truckId: row.truck_id,
      plate: row.plate,
      companyId: row.company_id,
      placeId: row.place_id,
      place: row.place,
      siteId: row.site_id,
      districtId: row.district_id,
      permit: row.permit,
      summary: { zh: row.summary_zh, en: row.summary_en },
      point: row.lon === null || row.lat === null ? null : [row.lon, row.lat],
      began: row.began.getTime(),
      openedAt: at,
      answerHours: null,
      deadline: null,
      deadlineProblem: null,
      remindAt: null,
      escalateAt: null,
      escalateToRole: null,
      escalatedFrom: row.recipient_name,
      toldBy: null,
    };
  }

  #remind(client: Queryable, at: EpochMs): Promise<Round> {
    return this.#say(client, at, 'remind', 'reminder', 'remind_at is not null and remind_at <= $1', 'remind_at = null');
  }

  #sayOverdue(client: Queryable, at: EpochMs): Promise<Round> {
    return this.#say(client, at, 'overdue', 'overdue', 'deadline is not null and not overdue and deadline <= $1', 'overdue = true');
  }

  async #say(client: Queryable, at: EpochMs, step: string, telling: string, when: string, then: string): Promise<Round> {
    const { rows } = await client.query<ShownNoticeRow>(
      `with due as (
         select id from notices where ${when} and status = any($3::text[]) order by id limit ${A_ROUND} for update skip locked
       ), said as (
         update notices n set ${then}, version = greatest(n.version + 1, $2) from due where n.id = due.id returning n.*
       )
       select ${NOTICE_COLUMNS} from said n ${NOTICE_JOINS}`,
      [iso(at), nextVersion(), UNANSWERED],
    );
    const told = rows.map(toldOf);
    await insertSteps(
      client,
      rows.map(({ id }) => ({ noticeId: id, at, step, by: BY_RULES, text: null })),
    );
    // Once a deadline: one that begins anew is another.
    const deliveries = rows.flatMap(({ id, account_id, severity, deadline }) =>
      this.making.tell({ id, accountId: account_id, severity, late: true }, `${telling}-${deadline?.getTime()}`, at),
    );
    await insertDeliveries(client, deliveries);
    return { rows: rows.length, told };
  }
}

interface Round {
  /** Notices that were due. */
  rows: number;
  told: ToldNotice[];
}
