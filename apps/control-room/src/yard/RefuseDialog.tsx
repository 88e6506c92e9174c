import { useEffect, useRef, useState } from 'react';
import { post, wordsOf } from '../app/api.js';
import { plateWords } from '../app/plate.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';

export interface Refusable {
  haulId: string;
  plate: string;
}

/** A refusal is recorded with its reason: the site and the city hear it. */
export function RefuseDialog({ load, onClose, onDone }: { load: Refusable; onClose: () => void; onDone: () => void }) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useKept(`refuse ${load.haulId}`, '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const refuse = () => {
    setBusy(true);
    setFault(null);
    post(`/hauls/${encodeURIComponent(load.haulId)}/refuse`, { reason: reason.trim() }).then(onDone, (error: unknown) => {
      setFault(wordsOf(error));
      setBusy(false);
    });
  };
  return (
    <dialog ref={dialog} className="own-dialog" aria-labelledby="refuse-title" onClose={onClose}>
      <h2 id="refuse-title">{t.yard.refuseTitle(plateWords(load.plate))}</h2>
      <label className="own-label" htmlFor="refuse-reason">
        {t.yard.refuseWhy}
      </label>
      <textarea
        id="refuse-reason"
        className="own-field"
        rows={2}
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        data-testid="refuse-reason"
      />
      <div className="own-chips">
        {t.yard.refuseChips.map((chip) => (
          <button key={chip} className="own-chip" onClick={() => setReason(chip)}>
            {chip}
          </button>
        ))}
      </div>
      {fault && (
        <p className="own-note bad" role="alert">
          {fault}
        </p>
      )}
      <div className="own-two">
        <button onClick={() => dialog.current?.close()}>{t.cancel}</button>
        <button className="own-danger" disabled={busy || reason.trim() === ''} onClick={refuse} data-testid="refuse-do">
          {busy ? t.yard.refusing : t.yard.refuseDo}
        </button>
      </div>
    </dialog>
  );
}
