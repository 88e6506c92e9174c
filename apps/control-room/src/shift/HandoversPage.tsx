import type { Handover } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { get } from '../app/api.js';
import { Empty, Lacking } from '../app/Parts.js';
import { timeWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useWords } from '../i18n/index.js';
import '../app/pages.css';
import { serverNow, useLive, useZone } from '../live/liveStore.js';
import { FactsView } from './FactsView.js';
import './shift.css';

interface Page {
  items: Handover[];
  nextCursor: string | null;
}

/** What each shift left to the next, newest first. */
export default function HandoversPage() {
  const t = useWords();
  const edit = useLive((s) => s.edits.handovers);
  const first = useRead<Page>(`/handovers?limit=20`);
  const [more, setMore] = useState<Page[]>([]);
  useEffect(() => {
    setMore([]);
    if (edit > 0) first.again();
    // Read again when somebody hands over, not when the reading itself changes.
  }, [edit]);
  const pages = first.state === 'read' ? [first.answer, ...more] : [];
  const cursor = pages.at(-1)?.nextCursor ?? null;
  const items = pages.flatMap((page) => page.items);
  return (
    <div className="page" data-testid="handovers-page">
      <header className="page-head">
        <h1>{t.shifts.menu}</h1>
        <button className="chip handover-print" onClick={() => window.print()}>
          {t.shifts.print}
        </button>
      </header>
      <div className="page-body">
        <div className="sheet">
          {first.state !== 'read' && <Lacking read={first} empty={null} failed={t.shifts.readFailed} what={t.shifts.menu} />}
          {first.state === 'read' && items.length === 0 && <Empty title={t.shifts.none} why={t.shifts.noneWhy} />}
          {items.map((one) => (
            <One key={one.id} handover={one} />
          ))}
          {cursor && (
            <button
              className="chip sheet-more"
              onClick={() => void get<Page>(`/handovers?limit=20&cursor=${encodeURIComponent(cursor)}`).then((page) => setMore([...more, page]))}
            >
              {t.shifts.older}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function One({ handover: { by, at, words, facts, taken } }: { handover: Handover }) {
  const t = useWords();
  const zone = useZone();
  const say = (time: string) => timeWords(Date.parse(time), serverNow(), zone, t);
  const { critical, serious, minor } = facts.undecided;
  return (
    <section className="panel handover" data-testid="handover">
      <h2>
        {t.shifts.waiting(by.name, say(at), critical + serious + minor)}{' '}
        <small className="soft">{taken ? t.shifts.takenBy(taken.by.name, say(taken.at)) : t.shifts.notTaken}</small>
      </h2>
      {words && <blockquote className="handover-said">{words}</blockquote>}
      <FactsView facts={facts} />
    </section>
  );
}
