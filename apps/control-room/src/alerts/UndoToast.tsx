import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.js';
import { UNDO_MS, undoLast, useDecision } from './decisions.js';

/** What was just decided, and for ten seconds the way back. */
export function UndoToast() {
  const t = useWords();
  const { undo, undone } = useDecision();
  const [left, setLeft] = useState(0);

  useEffect(() => {
    if (!undo && !undone) return;
    const end = undo?.until ?? performance.now() + 4_000;
    const tick = () => {
      const ms = end - performance.now();
      setLeft(Math.max(0, Math.ceil(ms / 1000)));
      if (ms <= 0) useDecision.setState({ undo: null, undone: false });
    };
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [undo, undone]);

  if (!undo && !undone) return null;
  return (
    <div className="toast" role="status" data-testid="toast">
      <span>
        {undo ? t.decide.done[undo.step] : t.decide.undone}
        {undo && undo.done.length > 1 ? ` × ${undo.done.length}` : ''}
      </span>
      {undo?.until && (
        <button onClick={() => void undoLast()} data-testid="undo">
          {t.decide.undo} <kbd>u</kbd> <span className="toast-left">{Math.min(left, UNDO_MS / 1000)}</span>
        </button>
      )}
    </div>
  );
}
