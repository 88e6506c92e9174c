import type { ReactNode } from 'react';
import { useWords } from '../i18n/index.js';
import './pages.css';
import { Waiting } from './Waiting.js';

/** A page's head: its name and its parts, each with its own address. */
export function Parts<P extends string>({
  title,
  page,
  parts,
  part,
  names,
  counts = {},
  query = '',
}: {
  title: string;
  page: string;
  parts: readonly P[];
  /** Null: something else of the page is open. */
  part: P | null;
  names: Record<P, string>;
  counts?: Partial<Record<P, number>>;
  /** What all parts keep of the address: `?from=…`. */
  query?: string;
}) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      <nav className="page-tabs" aria-label={title}>
        {parts.map((one) => (
          <a key={one} href={`#/${page}/${one}${query}`} aria-current={one === part ? 'page' : undefined} data-testid={`part-${one}`}>
            {names[one]}
            {(counts[one] ?? 0) > 0 && <b>{counts[one]}</b>}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** What a list is while it is not there: on its way, failed, or empty with what would fill it. */
export function Lacking({
  read,
  empty,
  failed,
  what,
}: {
  read: { state: 'no' | 'reading' | 'read' | 'failed'; words?: string | null; again: () => void };
  empty: { title: string; why?: string } | null;
  failed: string;
  what: string;
}) {
  const t = useWords();
  if (read.state === 'reading' || read.state === 'no') return <Waiting what={what} small />;
  if (read.state === 'failed') {
    return (
      <p className="c-serious" role="alert">
        {failed} {read.words}{' '}
        <button className="plain c-minor" onClick={read.again}>
          {t.retry}
        </button>
      </p>
    );
  }
  return empty && <Empty {...empty} />;
}

export function Empty({ title, why, children }: { title: string; why?: string; children?: ReactNode }) {
  return (
    <div className="sheet-empty">
      <strong>{title}</strong>
      {why}
      {children}
    </div>
  );
}
