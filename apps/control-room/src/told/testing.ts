import type { CommandResource, Delivery, NoticeDetail } from '@muckwatch/contract';

export const at = (clock: string) => `2026-11-28T${clock}.000Z`;

export function notice(said: Partial<NoticeDetail> = {}): NoticeDetail {
  return {
    id: 'n1',
    number: '20261128-0001',
    version: 1,
    kind: 'spill',
    severity: 'critical',
    status: 'open',
    incident: 'i1',
    alertIds: ['a1'],
    repeats: 0,
    recipient: { accountId: 'p1', name: '王工', role: 'site-manager' },
    truck: { id: 't1', plate: '鄂S8K217' },
    company: null,
    place: null,
    permit: null,
    summary: { zh: '', en: '' },
    position: null,
    picture: null,
    began: at('13:04:40'),
    openedAt: at('13:04:42'),
    readAt: null,
    deadline: null,
    deadlineProblem: null,
    overdue: false,
    putRight: null,
    answer: null,
    review: null,
    escalatedFrom: null,
    toldBy: null,
    rule: null,
    facts: {},
    track: [],
    steps: [],
    deliveries: [],
    ...said,
  };
}

export function delivery(said: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd1',
    channel: 'sms',
    to: '138****0000',
    recipient: '王工',
    status: 'sent',
    queuedAt: at('13:04:42'),
    sentAt: at('13:04:43'),
    readAt: null,
    attempts: 1,
    nextAt: null,
    answer: null,
    ...said,
  };
}

export function command(said: Partial<CommandResource> = {}): CommandResource {
  return {
    id: 'c1',
    version: 1,
    kind: 'speak',
    status: 'queued',
    truck: { id: 't1', plate: '鄂S8K217' },
    terminalId: 't1',
    text: '请关闭顶盖。',
    seconds: null,
    kmh: null,
    alertId: 'a1',
    reason: null,
    askedBy: '夜班',
    askedAt: at('13:05:00'),
    decidedBy: null,
    decidedAt: null,
    expiresAt: at('13:10:00'),
    releasesAt: null,
    releasedBy: null,
    waitsFor: null,
    automatic: false,
    steps: [{ at: at('13:05:00'), status: 'queued', detail: null }],
    correction: null,
    photo: null,
    ...said,
  };
}
