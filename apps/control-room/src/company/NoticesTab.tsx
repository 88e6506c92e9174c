import type { Notice, NoticeDetail } from '@muckwatch/contract';
import { useEffect } from 'react';
import { plateWords } from '../app/plate.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { deadlineSays } from '../notice/deadline.js';
import { readDetail, readNotices, readOlder, useNotices } from '../notice/noticeStore.js';
import { groupsOf, waitsForAnswer } from '../notice/order.js';
import { kindWords, shortTime } from '../notice/says.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { lastWord, type Outcome, outcomeOf } from './rows.js';
import { Empty } from './TrucksTab.js';

/** Every notice about the company's trucks, to whomever it went, and what was answered. */
export function NoticesTab() {
  const t = useWords();
  const { notices, read, fault, older } = useNotices();
  const { waiting, reviewing, done } = groupsOf(notices.values());
  const all = [...waiting, ...reviewing, ...done];
  if (read === 'failed') return <Failed fault={fault} />;
  if (read !== 'read') return <Waiting what={t.company.tab.notices} small />;
  if (all.length === 0) return <Empty what={t.company.noNotices} why={t.company.noNoticesWhy} />;
  return (
    <>
      <ul className="company-rows">
        {all.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} />
        ))}
      </ul>
      {older !== null && (
        <button className="company-more" onClick={() => void readOlder('scope')}>
          {t.notices.doneMore(20)}
        </button>
      )}
    </>
  );
}

/** Objections, and how each was decided. */
export function ObjectionsTab({ accountId }: { accountId: string }) {
  const t = useWords();
  const { notices, details, read, fault } = useNotices();
  // To read one's own unread notice would say that one has read it.
  const candidates = [...notices.values()].filter(
    ({ status, readAt, recipient }) =>
      ['objected', 'accepted', 'sent-back', 'rectified', 'withdrawn'].includes(status) && (readAt !== null || recipient.accountId !== accountId),
  );
  const missing = candidates.filter(({ id, version }) => (details.get(id)?.version ?? -1) < version).map(({ id }) => id);
  useEffect(() => readInTurn(missing.slice(0, 40)), [missing.slice(0, 40).join(' ')]);

  const rows = candidates
    .flatMap((notice) => {
      const detail = details.get(notice.id);
      const outcome = detail ? outcomeOf(detail) : notice.status === 'objected' ? 'waiting' : null;
      return outcome === null ? [] : [{ notice, detail: detail ?? null, outcome }];
    })
    .sort((a, b) => Date.parse(b.notice.openedAt) - Date.parse(a.notice.openedAt));
  if (read === 'failed') return <Failed fault={fault} />;
  if (read !== 'read' || (rows.length === 0 && missing.length > 0)) return <Waiting what={t.company.tab.objections} small />;
  if (rows.length === 0) return <Empty what={t.company.noObjections} why={t.company.noObjectionsWhy} />;
  return (
    <ul className="company-rows">
      {rows.map(({ notice, detail, outcome }) => (
        <NoticeRow key={notice.id} notice={notice} outcome={outcome} detail={detail} />
      ))}
    </ul>
  );
}

/** One after the other: a list that is looked at must not hold up what is happening. */
function readInTurn(ids: string[]): () => void {
  let stopped = false;
  void (async () => {
    for (const id of ids) {
      if (stopped) return;
      await readDetail(id).catch(() => undefined);
    }
  })();
  return () => void (stopped = true);
}

const TONE: Record<Outcome, string> = { waiting: 'soft', accepted: 'good', 'sent-back': 'c-critical', again: 'soft', withdrawn: 'good' };

function NoticeRow({ notice, outcome, detail = null }: { notice: Notice; outcome?: Outcome; detail?: NoticeDetail | null }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const due = deadlineSays(notice, now, zone, t);
  const waits = waitsForAnswer(notice.status);
  const known = useNotices((s) => s.details.get(notice.id)) ?? detail;
  const said = known ? lastWord(known) : null;
  return (
    <li>
      <a
        className="company-row"
        href={`#/notice/${encodeURIComponent(notice.id)}`}
        data-testid="company-notice"
        data-id={notice.id}
        data-status={notice.status}
      >
        <span className="company-one">
          <b className="company-plate">
            <i className={`c-${notice.severity}`} aria-hidden>
              {SEVERITY_SHAPE[notice.severity]}
            </i>{' '}
            {notice.truck.plate === null ? (notice.place?.name ?? notice.company?.name) : plateWords(notice.truck.plate)}
          </b>
          <span className="soft">{shortTime(Date.parse(notice.openedAt), now, zone, t)}</span>
        </span>
        <span className="company-one">
          <span>{kindWords(notice.kind, t)}</span>
          {outcome ? (
            <span className={TONE[outcome]}>{t.company.outcome[outcome]}</span>
          ) : (
            <span
              className={notice.overdue && waits ? 'c-critical' : notice.status === 'sent-back' ? 'c-serious' : notice.status === 'accepted' ? 'good' : 'soft'}
            >
              {t.notices.status[notice.status]}
            </span>
          )}
        </span>
        <span className="company-one soft">
          <span>{t.notices.recipient(notice.recipient.name)}</span>
          {waits && due && <span className={due.state === 'over' ? 'c-critical' : due.state === 'soon' ? 'c-serious' : ''}>{due.left ?? due.words}</span>}
        </span>
        {said?.text && (
          <span className="company-said">
            {said.by}:{said.text}
            {said.photos.length > 0 && ` (${t.notices.photosOf(said.photos.length)})`}
          </span>
        )}
      </a>
    </li>
  );
}

function Failed({ fault }: { fault: string | null }) {
  const t = useWords();
  return (
    <p className="company-empty" role="alert">
      {t.company.failed} {fault}{' '}
      <button className="plain c-minor" onClick={() => void readNotices('scope')}>
        {t.retry}
      </button>
    </p>
  );
}
