import type { Notice } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { Lacking } from '../app/Parts.js';
import { plateWords } from '../app/plate.js';
import { timeWords } from '../app/time.js';
import { useWords, type Words } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { AnswerCase } from './AnswerCase.js';
import { readReview, useReview } from './reviewStore.js';
import { answersInOrder, nextAfter } from './waiting.js';

/** The list of answers at the left, the chosen one beside it: walked through by key as the queue is. */
export function Answers() {
  const t = useWords();
  const { state, fault, answers } = useReview();
  const items = answersInOrder(answers);
  const [chosenId, setChosen] = useState<string | null>(null);
  // A phone shows the list first; a desk opens the first one by itself.
  const [opened, setOpened] = useState(false);
  /** What was done last, said at the foot: the next answer is shown at once, and looks much like the one before. */
  const [done, setDone] = useState<string | null>(null);
  const shownId = chosenId ?? items[0]?.id ?? null;
  // What is shown stays shown: an answer that comes in before it must not lie under a key that is about to be pressed.
  useEffect(() => setChosen(shownId), [shownId]);

  const ids = items.map(({ id }) => id);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      const by = { j: 1, k: -1 }[event.key.toLowerCase()];
      if (by === undefined || ids.length === 0) return;
      event.preventDefault();
      const i = shownId === null ? -1 : ids.indexOf(shownId);
      const next = ids[Math.min(ids.length - 1, Math.max(0, i + by))]!;
      setChosen(next);
      document.getElementById(`answer-${next}`)?.scrollIntoView({ block: 'nearest' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [ids.join(' '), shownId]);

  return (
    <div className={`review ${opened ? 'opened' : ''}`}>
      <section className="review-list" aria-label={t.review.parts.answers}>
        <Lacking
          read={{ state, words: fault, again: () => void readReview() }}
          empty={items.length === 0 ? { title: t.review.answers.none, why: t.review.answers.noneWhy } : null}
          failed={t.review.answers.failed}
          what={t.review.parts.answers}
        />
        {items.map((notice) => (
          <Row
            key={notice.id}
            notice={notice}
            on={notice.id === shownId}
            onChoose={() => {
              setChosen(notice.id);
              setOpened(true);
            }}
          />
        ))}
        {done && (
          <p className="review-done" role="status" data-testid="review-done">
            ✓ {done}
          </p>
        )}
        {items.length > 0 && (
          <footer className="review-keys">
            <kbd>j</kbd> <kbd>k</kbd> {t.review.answers.keys.move} <kbd>a</kbd> {t.review.answers.keys.accept} <kbd>s</kbd> {t.review.answers.keys.sendBack}
          </footer>
        )}
      </section>
      <section className="review-case">
        {shownId === null ? (
          state === 'read' && <p className="review-choose">{t.review.answers.choose}</p>
        ) : (
          <AnswerCase
            key={shownId}
            id={shownId}
            version={answers.get(shownId)?.version ?? null}
            onBack={() => setOpened(false)}
            onDone={(notice, step) => {
              setDone(`${t.review.answers.done[step]} · ${aboutWords(notice)} · ${notice.recipient.name}`);
              setChosen(nextAfter(ids, shownId));
              setOpened(false);
            }}
          />
        )}
      </section>
    </div>
  );
}

function Row({ notice, on, onChoose }: { notice: Notice; on: boolean; onChoose: () => void }) {
  const t = useWords();
  const zone = useZone();
  return (
    <button
      id={`answer-${notice.id}`}
      className={`review-row ${on ? 'on' : ''}`}
      aria-pressed={on}
      onClick={onChoose}
      data-testid="answer-row"
      data-notice={notice.id}
    >
      <span className={`review-shape c-${notice.severity}`} aria-hidden>
        {SEVERITY_SHAPE[notice.severity]}
      </span>
      <span className="review-plate">{aboutWords(notice)}</span>
      <span className={`tag ${notice.status === 'objected' ? 'changed' : ''}`}>{t.review.answers.kind[notice.status as 'rectified' | 'objected']}</span>
      <span className="review-line">
        <b className={`c-${notice.severity}`}>{kindWords(notice.kind, t)}</b> {notice.place?.name}
      </span>
      <span className="review-line">
        {notice.recipient.name}
        {notice.deadline && (
          <span className={notice.overdue ? 'c-serious' : ''}>
            {' · '}
            {notice.overdue ? t.review.answers.overdue : t.told.deadline(timeWords(Date.parse(notice.deadline), serverNow(), zone, t))}
          </span>
        )}
      </span>
      {notice.answer?.text && <span className="review-line">{notice.answer.text}</span>}
    </button>
  );
}

const aboutWords = ({ truck, place, number }: Notice): string => (truck.plate ? plateWords(truck.plate) : (place?.name ?? number));

export function kindWords(kind: Notice['kind'], t: Words): string {
  return kind === 'volume-90' || kind === 'volume-100' ? t.review.answers.volumeKind[kind] : t.rule[kind];
}
