import type { ReactNode } from 'react';
import { useWords } from '../i18n/index.js';

interface Shown {
  testId: string;
  name: string;
  kind: string;
  colour: string;
  rows: [label: string, value: ReactNode][];
  onClose: () => void;
  children?: ReactNode;
}

/** What the map says of the thing that was clicked: its name and kind, its facts, and what can be done with it. */
export function MapCard({ testId, name, kind, colour, rows, onClose, children }: Shown) {
  const t = useWords();
  return (
    <div className="card map-box" data-testid={testId}>
      <header>
        <h3>{name}</h3>
        <span style={{ color: colour }}>{kind}</span>
        <button className="card-close" onClick={onClose} aria-label={t.close}>
          ✕
        </button>
      </header>
      <dl className="card-facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}
