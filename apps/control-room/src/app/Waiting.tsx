import { useWords } from '../i18n/index.js';

/** No spinner without a word: what is awaited, and a thin bar that moves. */
export function Waiting({ what, words, small = false }: { what?: string; words?: string; small?: boolean }) {
  const t = useWords();
  return (
    <div role="status" style={small ? { padding: '12px 0' } : { display: 'grid', placeContent: 'center', height: '100%', minHeight: 160 }}>
      <div style={{ width: small ? '100%' : 260, color: 'var(--soft)' }}>
        <div style={{ marginBottom: 10 }}>{words ?? t.loading(what ?? '')}</div>
        <div className="creep" />
      </div>
    </div>
  );
}
