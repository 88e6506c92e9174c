import { Suspense } from 'react';
import { Fold } from '../app/Fold.js';
import { part } from '../app/part.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import type { Kind } from '../registry/kinds.js';

// Few who click a truck want to know who entered it: its code and its answer come when they do.
const History = part(() => import('../registry/History.js').then((module) => ({ default: module.History })));

/** Who changed what of the thing on a card and when, folded until somebody asks; that it was asked for is kept for the next card. */
export function CardHistory({ path, kind }: { path: string; kind: Kind | null }) {
  const { title } = useWords().registry.history;
  return (
    <Fold name="history" title={title}>
      <Suspense fallback={<Waiting what={title} small />}>
        <History path={path} kind={kind} headed={false} />
      </Suspense>
    </Fold>
  );
}
