import { useEffect } from 'react';
import { useWords } from '../i18n/index.js';
import { useDesk } from './desk.js';

/** What was just done, for ten seconds, and the way back where there is one. */
export function Note() {
  const t = useWords();
  const note = useDesk((s) => s.note);
  useEffect(() => {
    if (!note) return;
    const timer = setTimeout(() => useDesk.setState((s) => (s.note === note ? { note: null } : {})), Math.max(0, note.until - performance.now()));
    return () => clearTimeout(timer);
  }, [note]);
  if (!note) return null;
  return (
    <div className="permits-note" role="status" data-testid="permit-note">
      <span>{note.words}</span>
      {note.act && (
        <button
          onClick={() => {
            useDesk.setState({ note: null });
            note.act!.run();
          }}
        >
          {note.act.words}
        </button>
      )}
      <button className="permits-note-close" aria-label={t.close} onClick={() => useDesk.setState({ note: null })}>
        ✕
      </button>
    </div>
  );
}
