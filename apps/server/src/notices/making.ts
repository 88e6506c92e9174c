import { Injectable } from '@nestjs/common';
import { type EpochMs, escalationAt, isAtLeast, REMIND_AT_SHARE, type Severity } from '@muckwatch/domain';
import { Calendar } from '../calendar/calendar.service.js';
import { FleetService } from '../fleet/fleet.service.js';
import type { AlertFacts } from './alert-facts.js';
import { Directory, type Person } from './directory.js';
import type { DeliveryDraft, NoticeDraft } from './notice-drafts.js';
import { noticeId } from './notice-drafts.js';

/** What an answer is due by. */
export interface Due {
  answerHours: number | null;
  deadline: EpochMs | null;
  deadlineProblem: string | null;
  remindAt: EpochMs | null;
}

/** Why somebody is told: by a rule, by hand, or because another did not acknowledge it. */
export interface Because {
  ruleId: string | null;
  answerWithinWorkingHours: number | null;
  escalateToRole: NoticeDraft['escalateToRole'];
  escalatedFrom: string | null;
  toldBy: string | null;
}

/** Makes notices and messages out of what happened and of what people chose; writes nothing. */
@Injectable()
export class NoticeMaking {
  constructor(
    private readonly directory: Directory,
    private readonly fleet: FleetService,
    private readonly calendar: Calendar,
  ) {}

  /** A notice of an incident's alerts to one person; `lead` is what it shows. */
  ofAlerts(person: Person, alertIds: string[], lead: AlertFacts, because: Because, at: EpochMs): NoticeDraft {
    return {
      ...this.shownOf(lead),
      ...this.#to(person, because, lead.severity, isUrgent(lead), at),
      key: `${lead.incident} ${person.accountId}`,
      incident: lead.incident,
      alertIds,
      repeats: alertIds.length - 1,
      permit: null,
    };
  }

  /** What a notice shows of the gravest of its alerts. */
  shownOf(lead: AlertFacts) {
    const { kind, severity, late, truckId, plate, companyId, placeId, place, siteId, districtId, summary, point, began } = lead;
    return { kind, severity, leadAlert: lead.id, late, truckId, plate, companyId, placeId, place, siteId, districtId, summary, point, began };
  }

  /** A notice about a permit's volume. */
  ofPermit(
    person: Person,
    said: Pick<NoticeDraft, 'key' | 'kind' | 'severity' | 'companyId' | 'placeId' | 'place' | 'districtId' | 'permit' | 'summary'>,
    because: Because,
    at: EpochMs,
  ): NoticeDraft {
    const none = { incident: null, alertIds: [], leadAlert: null, repeats: 0, late: false, truckId: null, plate: null, siteId: null, point: null };
    return { ...none, ...said, ...this.#to(person, because, said.severity, said.severity === 'critical', at), siteId: said.placeId, began: at };
  }

  /** Deadline and reminder by the working calendar. */
  due(answerHours: number | null, at: EpochMs): Due {
    if (answerHours === null) return { answerHours, deadline: null, deadlineProblem: null, remindAt: null };
    const found = this.calendar.deadline(at, answerHours);
    if ('problem' in found) return { answerHours, deadline: null, deadlineProblem: `${found.problem.zh} / ${found.problem.en}`, remindAt: null };
    const remind = this.calendar.deadline(at, answerHours * REMIND_AT_SHARE);
    return { answerHours, deadline: found.deadline, deadlineProblem: null, remindAt: 'deadline' in remind ? remind.deadline : null };
  }

  escalateAt(accountId: string, severity: Severity, urgent: boolean, at: EpochMs): EpochMs {
    return escalationAt(severity, urgent, at, this.directory.choices(accountId).quietHours, this.fleet.utcOffset);
  }

  /** The messages of one telling: the page, and each channel that the person chose for this severity. */
  tell(notice: { id: string; accountId: string; severity: Severity; late: boolean }, telling: string, at: EpochMs): DeliveryDraft[] {
    const { id, accountId, severity } = notice;
    const chosen = this.directory.channels(accountId).filter(({ leastSeverity }) => isAtLeast(severity, leastSeverity));
    const channels: DeliveryDraft['channel'][] = [{ kind: 'page', id: 'page', address: '' }, ...chosen];
    return channels.map((channel) => ({ noticeId: id, accountId, channel, telling, severity, urgent: isUrgent(notice), at }));
  }

  /** The city's day, as numbers begin with it. */
  day(at: EpochMs): string {
    return new Date(at + this.fleet.utcOffset(at) * 60_000).toISOString().slice(0, 10).replaceAll('-', '');
  }

  #to({ accountId, name, role }: Person, because: Because, severity: Severity, urgent: boolean, at: EpochMs) {
    const { ruleId, escalateToRole, escalatedFrom, toldBy } = because;
    return {
      accountId,
      recipientName: name,
      recipientRole: role,
      ruleId,
      ...this.due(because.answerWithinWorkingHours, at),
      escalateAt: escalateToRole === null ? null : this.escalateAt(accountId, severity, urgent, at),
      escalateToRole,
      escalatedFrom,
      toldBy,
      openedAt: at,
    };
  }
}

/** Wakes people: critical, and found while it happens. What late data showed can wait for the morning. */
export function isUrgent({ severity, late }: { severity: Severity; late: boolean }): boolean {
  return severity === 'critical' && !late;
}

export function tellDraft(making: NoticeMaking, draft: NoticeDraft, telling: string): DeliveryDraft[] {
  const { key, accountId, severity, late, openedAt } = draft;
  return making.tell({ id: noticeId(key), accountId, severity, late }, telling, openedAt);
}
