import type { Alert, Delivery, NoticeDetail, NoticeStepRecord } from '@muckwatch/contract';
import { Image } from 'antd';
import { useEffect } from 'react';
import { timeWords } from '../app/time.js';
import { Waiting } from '../app/Waiting.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useLive, useZone } from '../live/liveStore.js';
import { askWhomToTell } from './TellDialog.js';
import { inOrder, isUnderWay, standingOf } from './told.js';
import './told.css';
import { readTold, useTold } from './toldStore.js';

/** A message under way may be read or given up by a provider that tells nobody: it is looked at again. */
const AGAIN_MS = 15_000;

/** Whom the incident was told, by what, and how each of them answered. */
export function Told({ alert }: { alert: Alert }) {
  const t = useWords();
  const mayTell = useMay('tell');
  const seesOthers = useMay('see-notices');
  const live = useLive((s) => s.link === 'live');
  const { incident } = alert;
  useEffect(() => {
    if (live) void readTold(incident);
  }, [incident, live]);
  const told = useTold();
  const notices = told.incident === incident ? inOrder(told.notices.values()) : [];
  const underWay = notices.some((notice) => notice.deliveries.some(isUnderWay));
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(() => void readTold(incident), AGAIN_MS);
    return () => clearInterval(timer);
  }, [incident, underWay]);

  return (
    <section id="told" className="told" data-testid="told">
      <header className="part-head">
        <h3 className="detail-title">
          {t.told.title} {notices.length > 0 && notices.length}
        </h3>
        {mayTell && (
          <button className="chip" onClick={() => askWhomToTell(alert)} data-testid="tell">
            {t.told.tell} <kbd>t</kbd>
          </button>
        )}
      </header>
      {told.state === 'failed' && (
        <p className="c-serious" role="alert">
          {t.told.failed} {told.fault}{' '}
          <button className="plain c-minor" onClick={() => void readTold(incident)}>
            {t.retry}
          </button>
        </p>
      )}
      {told.state === 'reading' && <Waiting what={t.told.reading} small />}
      {told.state === 'read' && notices.length === 0 && (
        <p className="part-empty">{!seesOthers ? t.told.onlyYours : alert.snoozed ? t.told.noneSnoozed : t.told.noneWhy}</p>
      )}
      {notices.length > 0 && (
        <ul className="told-list">
          {notices.map((notice) => (
            <Person key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Person({ notice }: { notice: NoticeDetail }) {
  const t = useWords();
  const zone = useZone();
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  const { stand, at, mark, tone } = standingOf(notice);
  const mayReview = useMay('review');
  const answers = notice.steps.filter(({ step, text, photos }) => step !== 'acknowledge' && (text !== null || photos.length > 0));
  const notes = [
    notice.escalatedFrom && t.told.escalated(notice.escalatedFrom),
    notice.toldBy && t.told.byHand(notice.toldBy),
    notice.repeats > 0 && t.told.repeats(notice.repeats),
  ].filter(Boolean);
  return (
    <li className="told-person" data-testid="told-person" data-stand={stand} data-notice={notice.id}>
      <span className={`told-mark ${tone}`} aria-hidden>
        {mark}
      </span>
      <div className="told-what">
        <div className="told-line">
          <span>
            <b>{notice.recipient.name}</b> <span className="soft">{t.role[notice.recipient.role]}</span>
          </span>
          <span className={`told-stand ${tone}`}>
            {t.told.stand[stand]} {at && time(at)}
          </span>
        </div>
        {notice.deliveries.length > 0 && (
          <ul className="told-ways">
            {notice.deliveries.map((delivery) => (
              <Way key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
        {(notes.length > 0 || notice.deadline) && (
          <p className="told-notes">
            {notes.join(' · ')}
            {notice.deadline && notice.status !== 'accepted' && notice.status !== 'withdrawn' && (
              <span className={notice.overdue ? 'c-serious' : ''}>
                {notes.length > 0 && ' · '}
                {t.told.deadline(time(notice.deadline))} {notice.overdue && t.told.overdue}
              </span>
            )}
          </p>
        )}
        {answers.map((step, i) => (
          <Answer key={i} step={step} />
        ))}
        {mayReview && (notice.status === 'rectified' || notice.status === 'objected') && (
          <a className="c-minor told-review" href="#/review">
            {t.told.toReview} →
          </a>
        )}
      </div>
    </li>
  );
}

/** One channel: how far it got, and what the provider answered where it did not. */
function Way({ delivery }: { delivery: Delivery }) {
  const t = useWords();
  const zone = useZone();
  const { channel, status, sentAt, readAt, queuedAt, attempts, nextAt, answer, to } = delivery;
  const at = readAt ?? sentAt ?? (status === 'queued' || status === 'sending' ? null : queuedAt);
  const time = (said: string) => timeWords(Date.parse(said), serverNow(), zone, t);
  // A provider's «OK» is no news; what it said while it refused is.
  const troubled = status === 'given-up' || (attempts > 0 && sentAt === null && answer !== null);
  return (
    <li className={troubled ? 'troubled' : ''} title={to} data-testid="told-way" data-channel={channel} data-status={status}>
      <span>
        {t.told.channel[channel]} {t.told.delivery[status]} {at && time(at)}
      </span>
      {troubled && (
        <small>
          {[attempts > 1 && t.told.attempts(attempts), answer && t.told.answered(answer), nextAt && t.told.nextAt(time(nextAt))].filter(Boolean).join(' · ')}
        </small>
      )}
    </li>
  );
}

function Answer({ step }: { step: NoticeStepRecord }) {
  const t = useWords();
  const zone = useZone();
  return (
    <div className="told-answer">
      <small>
        {step.by} {t.told.answer[step.step]} {timeWords(Date.parse(step.at), serverNow(), zone, t)}
      </small>
      {step.text && <p>{step.text}</p>}
      <Photos photos={step.photos} />
    </div>
  );
}

/** Small, and large when pressed. Its room is kept from the start, so that nothing jumps when they come. */
export function Photos({ photos, size = 72 }: { photos: NoticeStepRecord['photos']; size?: number }) {
  const t = useWords();
  if (photos.length === 0) return null;
  return (
    <div className="told-photos">
      <Image.PreviewGroup>
        {photos.map((photo, i) => (
          <Image
            key={photo.sha256}
            src={`/api/v1${photo.url.replace(/^\/api\/v1/, '')}`}
            alt={t.told.photo(i + 1)}
            width={size}
            height={Math.round(size * 0.75)}
            loading="lazy"
          />
        ))}
      </Image.PreviewGroup>
    </div>
  );
}
