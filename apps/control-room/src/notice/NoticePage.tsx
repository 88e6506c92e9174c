import type { Account, NoticeDetail } from '@muckwatch/contract';
import { Suspense, useEffect, useState } from 'react';
import { isAbort, wordsOf } from '../app/api.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { AnswerBar } from './AnswerBar.js';
// Not fetched when it is wanted: that may be where there is no network.
import AnswerForm from './AnswerForm.js';
import { useAnswers } from './answering.js';
import { deadlineSays } from './deadline.js';
import { History } from './History.js';
import './notice.css';
import { readDetail, readNotices, useNotices } from './noticeStore.js';
import { waitsForAnswer } from './order.js';
import { NoticePicture } from './NoticePicture.js';
import { RuleCard } from './RuleCard.js';
import { kindWords, putRightWords, restOfSummary, whoWords } from './says.js';
import { Volume } from './Volume.js';
import { part } from '../app/part.js';

const TrackSketch = part(() => import('./TrackSketch.js'));

/** One notice: what was put right already, one deadline, one card, one large button. */
export default function NoticePage({ id, account }: { id: string; account: Account }) {
  const t = useWords();
  const detail = useNotices((s) => s.details.get(id));
  const [fault, setFault] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const form = useAnswers((s) => s.answers.get(id));
  const [formOpen, setFormOpen] = useState(false);
  useEffect(() => {
    setFault(null);
    readDetail(id).catch((error: unknown) => !isAbort(error) && setFault(wordsOf(error)));
  }, [id, tries]);
  // The list comes after what was asked for: its head line says what else waits.
  const there = detail !== undefined;
  useEffect(() => {
    if (there && useNotices.getState().read === 'no') void readNotices('mine');
  }, [there]);
  useEffect(() => {
    if (!form) setFormOpen(false);
  }, [form]);

  if (!detail) {
    if (fault === null) return <Waiting what={t.notices.title} />;
    return (
      <main className="own-main">
        <div className="own-empty" role="alert">
          <strong>{t.notices.gone}</strong>
          <p>{t.notices.goneWhy}</p>
          <p className="mute">{fault}</p>
          <button className="own-quiet" onClick={() => setTries(tries + 1)}>
            {t.retry}
          </button>
        </div>
      </main>
    );
  }

  const mine = detail.recipient.accountId === account.id;
  // What is on its way is shown on its way, whoever opened the page meanwhile.
  if (form && mine && (formOpen || form.phase !== 'writing')) {
    return <AnswerForm notice={detail} answer={form} onClose={() => setFormOpen(false)} />;
  }
  return (
    <>
      <main className="own-main" data-testid="notice" data-status={detail.status}>
        <NoticeCards detail={detail} mine={mine} />
      </main>
      {mine && <AnswerBar notice={detail} onForm={() => setFormOpen(true)} />}
    </>
  );
}

function NoticeCards({ detail, mine }: { detail: NoticeDetail; mine: boolean }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const due = deadlineSays(detail, now, zone, t);
  const sent = useAnswers((s) => s.sent.get(detail.id));
  const review = [...detail.steps].reverse().find(({ step }) => step === 'send-back' || step === 'accept');
  return (
    <>
      {sent && !waitsForAnswer(detail.status) && (
        <p className="notice-band good" role="status" data-testid="notice-sent">
          <i aria-hidden>✓</i> {sent === 'object' ? t.notices.act.objectSent : t.notices.act.sent}
        </p>
      )}
      {detail.putRight && (
        <p className="notice-band good" data-testid="put-right">
          <i aria-hidden>✓</i> {putRightWords(detail.putRight, now, zone, t)}
        </p>
      )}
      {detail.status === 'withdrawn' && <p className="notice-band">{t.notices.withdrawnWhy}</p>}
      {detail.status === 'accepted' && (
        <p className="notice-band good">
          <i aria-hidden>✓</i> {t.notices.accepted}
          {review?.text ? `:${review.text}` : ''}
        </p>
      )}
      {due && (
        <p className={`notice-due d-${due.state}`} data-testid="due">
          <span>{due.words}</span>
          {due.left && <span className="notice-due-left">{due.left}</span>}
        </p>
      )}
      {detail.deadlineProblem && waitsForAnswer(detail.status) && (
        <p className="own-small">
          {t.notices.due.problem}
          {detail.deadlineProblem}
        </p>
      )}
      {detail.status === 'sent-back' && review && (
        <blockquote className="notice-back" data-testid="sent-back">
          <strong>{t.notices.sentBack}</strong>
          <p>{review.text}</p>
          <footer>
            {review.by} · {timeWords(Date.parse(review.at), now, zone, t)}
          </footer>
        </blockquote>
      )}
      <article className="own-card">
        <h1 className="notice-kind">
          <i className={`c-${detail.severity}`} aria-hidden>
            {SEVERITY_SHAPE[detail.severity]}
          </i>{' '}
          {kindWords(detail.kind, t)}
        </h1>
        <p className="notice-says">
          <b className="notice-who">{whoWords(detail, t)}</b> {restOfSummary(detail, t)}
        </p>
        <p className="own-small">{[detail.place?.name, timeWords(Date.parse(detail.began), now, zone, t)].filter(Boolean).join(' · ')}</p>
        {detail.repeats > 0 && <p className="own-small">{t.notices.repeats(detail.repeats)}</p>}
        {detail.escalatedFrom && <p className="own-small">{t.notices.escalated(detail.escalatedFrom)}</p>}
        {detail.toldBy && <p className="own-small">{t.notices.told(detail.toldBy)}</p>}
      </article>
      {detail.picture && <NoticePicture picture={detail.picture} at={detail.began} />}
      {detail.permit && <Volume permit={detail.permit} kind={detail.kind} />}
      <RuleCard detail={detail} />
      {(detail.position !== null || detail.track.length > 0) && (
        <Suspense fallback={<div className="own-card sketch-room" />}>
          <TrackSketch detail={detail} />
        </Suspense>
      )}
      <History detail={detail} />
      <p className="notice-end">
        <span>{t.notices.number(detail.number)}</span>
        {!mine && <span>{t.notices.recipient(detail.recipient.name)}</span>}
        <a href={`/api/v1/notices/${encodeURIComponent(detail.id)}/paper`} download>
          {t.notices.paper}
        </a>
      </p>
      {!mine && <p className="own-small">{t.notices.notMine}</p>}
    </>
  );
}
