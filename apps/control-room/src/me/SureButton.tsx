import { useEffect, useState } from 'react';

const SURE_MS = 4_000;

/** What cannot be undone is pressed twice; whoever pressed once by mistake waits four seconds. */
export function SureButton({ words, sure, onSure, disabled = false }: { words: string; sure: string; onSure: () => void; disabled?: boolean }) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setAsked(false), SURE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  return (
    <button className={asked ? 'sure' : ''} disabled={disabled} onClick={() => (asked ? onSure() : setAsked(true))}>
      {asked ? sure : words}
    </button>
  );
}
