import type { Notice } from '@muckwatch/contract';
import { useRef, useState } from 'react';
import { wordsOf } from '../app/api.js';
import { useWords } from '../i18n/index.js';
import { acknowledge, begin, suggest, take } from './answering.js';
import type { Answering } from './draft.js';
import { waitsForAnswer } from './order.js';

/** The decisions, at the same place always, in reach of a thumb. The large one opens the camera at once. */
export function AnswerBar({ notice, onForm }: { notice: Notice; onForm: () => void }) {
  const t = useWords();
  const camera = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  if (!waitsForAnswer(notice.status)) return null;

  const open = (step: Answering) => void begin(notice.id, step).then(onForm);
  const onTaken = (files: FileList | null) => {
    if (!files || files.length === 0) return;
    const taken = [...files];
    void begin(notice.id, 'rectify').then(() => {
      take(notice.id, taken);
      // The photo says it; a word is needed with it, and can be changed.
      suggest(notice.id, t.notices.form.chips[0]!);
      onForm();
    });
  };
  const onAcknowledge = () => {
    setBusy(true);
    setFault(null);
    acknowledge(notice.id)
      .catch((error: unknown) => setFault(wordsOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <footer className="own-bar">
      {fault && (
        <p className="own-note bad" role="alert">
          {fault}
        </p>
      )}
      <input
        ref={camera}
        className="visually-hidden"
        type="file"
        accept="image/*"
        capture="environment"
        tabIndex={-1}
        aria-hidden
        onChange={({ target }) => {
          onTaken(target.files);
          target.value = '';
        }}
        data-testid="camera"
      />
      <button className="own-primary" onClick={() => camera.current?.click()} data-testid="answer-photo">
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden>
          <path
            d="M4 8h3.2l1.6-2.4h6.4L16.8 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeLinejoin="round"
          />
          <circle cx="12" cy="13.2" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </svg>
        {notice.status === 'sent-back' ? t.notices.act.again : t.notices.act.photo}
      </button>
      <div className="own-two">
        {notice.status === 'open' ? (
          <button onClick={onAcknowledge} disabled={busy} data-testid="acknowledge">
            {busy ? t.notices.act.sending : t.notices.act.acknowledge}
          </button>
        ) : (
          <button onClick={() => open('rectify')} data-testid="answer-text">
            {t.notices.act.answer}
          </button>
        )}
        <button onClick={() => open('object')} data-testid="object">
          {t.notices.act.object}
        </button>
      </div>
    </footer>
  );
}
