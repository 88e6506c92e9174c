import type { Account, Notice } from '@muckwatch/contract';
import { useEffect } from 'react';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { useInstall } from '../own/install.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { deadlineSays } from './deadline.js';
import './notice.css';
import { readNotices, readOlder, useNotices } from './noticeStore.js';
import { groupsOf, waitsForAnswer } from './order.js';
import { kindWords, putRightWords, shortTime, restOfSummary, whoWords } from './says.js';

/** What waits, most urgent first and largest; then what is under review, then what is settled. */
export default function NoticeList({ account }: { account: Account }) {
  const t = useWords();
  const { notices, read, fault, older } = useNotices();
  useEffect(() => void readNotices('mine'), [account.id]);
  if (read === 'no' || read === 'reading') return <Waiting what={t.notices.title} />;

  const mine = [...notices.values()].filter(({ recipient }) => recipient.accountId === account.id);
  const { waiting, reviewing, done } = groupsOf(mine);
  return (
    <main className="own-main notice-list" data-testid="notice-list">
      {fault && (
        <p className="own-note bad" role="alert">
          {t.notices.failed} {fault}{' '}
          <button className="own-link-button" onClick={() => void readNotices('mine')}>
            {t.retry}
          </button>
        </p>
      )}
      <InstallOffer />
      {read === 'read' && (
        <>
          <h1 className="own-h">{t.notices.waiting}</h1>
          {waiting.length === 0 && (
            <div className="own-empty">
              <span className="own-empty-mark" aria-hidden>
                ✓
              </span>
              <strong>{mine.length === 0 ? t.notices.noneAtAll : t.notices.nothingWaiting}</strong>
              <p>{t.notices.nothingWaitingWhy}</p>
            </div>
          )}
          {waiting.map((notice) => (
            <Row key={notice.id} notice={notice} />
          ))}
        </>
      )}
      {reviewing.length > 0 && <h2 className="own-h">{t.notices.reviewing}</h2>}
      {reviewing.map((notice) => (
        <Row key={notice.id} notice={notice} />
      ))}
      {done.length > 0 && <h2 className="own-h">{t.notices.done}</h2>}
      {done.map((notice) => (
        <Row key={notice.id} notice={notice} />
      ))}
      {older !== null && (
        <button className="own-quiet" onClick={() => void readOlder('mine')}>
          {t.notices.doneMore(20)}
        </button>
      )}
    </main>
  );
}

function Row({ notice }: { notice: Notice }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const waits = waitsForAnswer(notice.status);
  const due = deadlineSays(notice, now, zone, t);
  return (
    <a
      className={`notice-row ${waits ? `waits s-${notice.severity}` : ''} ${notice.overdue && waits ? 'over' : ''}`}
      href={`#/notice/${encodeURIComponent(notice.id)}`}
      data-testid="notice-row"
      data-id={notice.id}
      data-status={notice.status}
    >
      <span className="notice-row-one">
        <b>
          <i className={`c-${notice.severity}`} aria-hidden>
            {SEVERITY_SHAPE[notice.severity]}
          </i>{' '}
          {kindWords(notice.kind, t)}
        </b>
        <time dateTime={notice.began}>{shortTime(Date.parse(notice.began), now, zone, t)}</time>
      </span>
      <span className="notice-row-who">{whoWords(notice, t) ?? t.notices.facts.unknown}</span>
      {waits && <span className="notice-row-says">{restOfSummary(notice, t)}</span>}
      {notice.putRight && waits && <span className="notice-row-right">✓ {putRightWords(notice.putRight, now, zone, t)}</span>}
      <span className="notice-row-foot">
        <span className={`notice-status n-${notice.status}`}>{t.notices.status[notice.status]}</span>
        {due && waits && <span className={`notice-row-due d-${due.state}`}>{due.left ?? due.words}</span>}
      </span>
    </a>
  );
}

function InstallOffer() {
  const t = useWords();
  const { prompt, later } = useInstall();
  if (!prompt) return null;
  return (
    <div className="own-install" role="note">
      <span>{t.notices.install}</span>
      <button onClick={prompt}>{t.notices.installDo}</button>
      <button className="quiet" onClick={later}>
        {t.notices.installLater}
      </button>
    </div>
  );
}
