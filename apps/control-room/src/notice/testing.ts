import type { Notice } from '@muckwatch/contract';

/** A notice as the server would tell it, for specs. */
export function noticeOf(change: Partial<Notice> = {}): Notice {
  return {
    id: 'n1',
    number: '20261128-0042',
    version: 1,
    kind: 'uncovered-departure',
    severity: 'serious',
    status: 'open',
    incident: 'i1',
    alertIds: ['a1'],
    repeats: 0,
    recipient: { accountId: 'me', name: '张工', role: 'site-manager' },
    truck: { id: 't1', plate: '鄂S5D482' },
    company: { id: 'c1', name: '顺达渣土运输' },
    place: { id: 'site-1', kind: 'site', name: '城南安置房' },
    permit: null,
    summary: { zh: '21:05:10 从南门出场，顶盖未关。', en: 'Left by the south gate at 21:05:10, cover open.' },
    position: { lat: 31.69, lon: 113.38 },
    picture: null,
    began: '2026-11-28T13:05:10Z',
    openedAt: '2026-11-28T13:05:12Z',
    readAt: null,
    deadline: '2026-11-28T14:00:00Z',
    deadlineProblem: null,
    overdue: false,
    putRight: null,
    answer: null,
    review: null,
    escalatedFrom: null,
    toldBy: null,
    ...change,
  };
}
