import type { NoticeDetail } from '@muckwatch/contract';
import { useId, useRef } from 'react';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { type Answer, hold, MOST_PHOTOS, remove, type Shot, submit, take, write } from './answering.js';
import { deadlineSays } from './deadline.js';
import { kindWords, whoWords } from './says.js';

/** A photo and a tap: sentences that are often said are one tap too. */
export default function AnswerForm({ notice, answer, onClose }: { notice: NoticeDetail; answer: Answer; onClose: () => void }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const field = useId();
  const due = deadlineSays(notice, now, zone, t);
  const objects = answer.step === 'object';
  const chips = objects ? t.notices.form.objectChips : t.notices.form.chips;
  const busy = answer.phase !== 'writing';
  const pending = answer.shots.some(({ state }) => state !== 'up' && state !== 'failed');
  const back = [...notice.steps].reverse().find(({ step }) => step === 'send-back');

  const say = (chip: string) =>
    write(notice.id, answer.text.includes(chip) ? answer.text : `${answer.text.trim()}${answer.text.trim() === '' ? '' : ' '}${chip}`);
  return (
    <>
      <main className="own-main" data-testid="answer-form">
        <h1 className="own-form-h">{objects ? t.notices.form.objectTitle : t.notices.form.title}</h1>
        <p className="own-small">
          {kindWords(notice.kind, t)} · {whoWords(notice, t)}
          {due && ` · ${due.words}`}
        </p>
        {notice.status === 'sent-back' && back?.text && (
          <blockquote className="notice-back">
            <strong>{t.notices.sentBack}</strong>
            <p>{back.text}</p>
          </blockquote>
        )}
        <Photos id={notice.id} shots={answer.shots} disabled={busy} />
        <label className="own-label" htmlFor={field}>
          {objects ? t.notices.form.why : t.notices.form.what}
        </label>
        <textarea
          id={field}
          className="own-field"
          rows={3}
          maxLength={2_000}
          placeholder={objects ? t.notices.form.whyHint : t.notices.form.whatHint}
          value={answer.text}
          disabled={busy}
          onChange={({ target }) => write(notice.id, target.value)}
          data-testid="answer-words"
        />
        <div className="own-chips">
          {chips.map((chip) => (
            <button key={chip} type="button" className="own-chip" disabled={busy} onClick={() => say(chip)}>
              {chip}
            </button>
          ))}
        </div>
      </main>
      <footer className="own-bar">
        {answer.fault && (
          <p className="own-note bad" role="alert" data-testid="answer-fault">
            {answer.fault}
          </p>
        )}
        {busy && (
          <p className="own-note" role="status" data-testid="answer-waits">
            {answer.phase === 'waiting' || answer.shots.some(({ state }) => state === 'waiting')
              ? t.notices.act.waitsForNet
              : pending
                ? t.notices.form.photosWait
                : t.notices.act.sending}
          </p>
        )}
        <button className="own-primary" disabled={busy} onClick={() => submit(notice.id)} data-testid="answer-send">
          {busy ? t.notices.act.sending : objects ? t.notices.act.sendObject : t.notices.act.send}
        </button>
        {busy ? (
          <button className="own-second" onClick={() => hold(notice.id)}>
            {t.notices.act.stopWaiting}
          </button>
        ) : (
          <button className="own-second" onClick={onClose} title={t.notices.act.draftKept} data-testid="answer-later">
            {t.notices.act.cancel}
          </button>
        )}
      </footer>
    </>
  );
}

function Photos({ id, shots, disabled }: { id: string; shots: readonly Shot[]; disabled: boolean }) {
  const t = useWords();
  const camera = useRef<HTMLInputElement>(null);
  const album = useRef<HTMLInputElement>(null);
  const full = shots.length >= MOST_PHOTOS;
  const input = (ref: typeof camera, capture: boolean) => (
    <input
      ref={ref}
      className="visually-hidden"
      type="file"
      accept="image/*"
      tabIndex={-1}
      aria-hidden
      multiple={!capture}
      capture={capture ? 'environment' : undefined}
      onChange={({ target }) => {
        take(id, [...(target.files ?? [])]);
        target.value = '';
      }}
      data-testid={capture ? 'form-camera' : 'form-album'}
    />
  );
  return (
    <section aria-label={t.notices.form.photos(shots.length, MOST_PHOTOS)}>
      <div className="shots">
        {shots.map((shot, i) => (
          <Photo key={shot.key} id={id} shot={shot} n={i + 1} disabled={disabled} />
        ))}
        {!full && (
          <button className="shot-add" disabled={disabled} onClick={() => camera.current?.click()}>
            <b aria-hidden>+</b>
            {t.notices.form.take}
          </button>
        )}
      </div>
      <p className="own-small shots-line">
        <span>{shots.length === 0 ? t.notices.form.photosOptional : t.notices.form.photos(shots.length, MOST_PHOTOS)}</span>
        {!full && (
          <button className="own-link-button" disabled={disabled} onClick={() => album.current?.click()}>
            {t.notices.form.choose}
          </button>
        )}
      </p>
      {input(camera, true)}
      {input(album, false)}
    </section>
  );
}

function Photo({ id, shot, n, disabled }: { id: string; shot: Shot; n: number; disabled: boolean }) {
  const t = useWords();
  const words =
    shot.state === 'sending'
      ? t.notices.form.uploading(Math.round(shot.share * 100))
      : { shrinking: t.notices.form.shrinking, waiting: t.notices.form.waiting, up: t.notices.form.up, failed: t.notices.form.failed }[shot.state];
  return (
    <figure className={`shot is-${shot.state}`} data-testid="shot" data-state={shot.state}>
      <img src={shot.preview} alt={t.notices.form.photoN(n)} />
      {shot.state === 'sending' && <i className="shot-bar" style={{ width: `${shot.share * 100}%` }} aria-hidden />}
      <figcaption title={shot.fault ?? undefined}>{shot.fault ?? words}</figcaption>
      <button disabled={disabled && shot.state !== 'failed'} aria-label={t.notices.form.remove(n)} onClick={() => remove(id, shot.key)}>
        ✕
      </button>
    </figure>
  );
}
