import type { Notice } from '@muckwatch/contract';
import { plateWords } from '../app/plate.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { deadlineSays } from '../notice/deadline.js';
import { readNotices, readOlder, useNotices } from '../notice/noticeStore.js';
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
export function ObjectionsTab() {
  const t = useWords();
  const { notices, read, fault, older } = useNotices();
  const rows = [...notices.values()]
    .flatMap((notice) => {
      const outcome = outcomeOf(notice);
      return outcome === null ? [] : [{ notice, outcome }];
    })
    .sort((a, b) => Date.parse(b.notice.openedAt) - Date.parse(a.notice.openedAt));
  if (read === 'failed') return <Failed fault={fault} />;
  if (read !== 'read') return <Waiting what={t.company.tab.objections} small />;
  return (
    <>
      {rows.length === 0 && <Empty what={t.company.noObjections} why={t.company.noObjectionsWhy} />}
      <ul className="company-rows">
        {rows.map(({ notice, outcome }) => (
          <NoticeRow key={notice.id} notice={notice} outcome={outcome} />
        ))}
      </ul>
      {older !== null && (
        <button className="company-more" onClick={() => void readOlder('scope')}>
          {t.company.olderObjections}
        </button>
      )}
    </>
  );
}

const TONE: Record<Outcome, string> = { waiting: 'soft', accepted: 'good', 'sent-back': 'c-critical', again: 'soft', withdrawn: 'good' };

function NoticeRow({ notice, outcome }: { notice: Notice; outcome?: Outcome }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const due = deadlineSays(notice, now, zone, t);
  const waits = waitsForAnswer(notice.status);
  const said = lastWord(notice);
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
        {said && (
          <span className="company-said" data-testid="notice-said">
            {said.by}:{said.text}
            {said.photos > 0 && ` (${t.notices.photosOf(said.photos)})`}
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
