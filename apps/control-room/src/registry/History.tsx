import type { Edit, EditPage } from '@muckwatch/contract';
import { Lacking } from '../app/Parts.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useRead } from '../app/useRead.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import './history.css';
import { changeWords } from './historyWords.js';
import type { Kind } from './kinds.js';
import { useNames } from './useCells.js';
import { useLabel } from './useLabel.js';

/** Who changed what of a thing and when, newest first. `path` is the thing's; `kind` where it is one of this page's. */
export function History({ path, kind }: { path: string; kind: Kind | null }) {
  const t = useWords();
  const h = t.registry.history;
  const now = useNow();
  const read = useRead<EditPage>(`${path}/history`);
  const items = read.state === 'read' ? read.answer.items : [];
  return (
    <section className="history" data-testid="history">
      <h3>{h.title}</h3>
      <Lacking
        read={{ ...read, words: read.state === 'failed' ? read.words : null }}
        empty={read.state === 'read' && items.length === 0 ? { title: h.none } : null}
        failed={h.failed}
        what={h.title}
      />
      <ol>
        {items.map((edit, i) => (
          <Line key={`${edit.at} ${i}`} edit={edit} kind={kind} now={now} />
        ))}
      </ol>
    </section>
  );
}

function Line({ edit: { at, by, reason, what, changes }, kind, now }: { edit: Edit; kind: Kind | null; now: number }) {
  const t = useWords();
  const h = t.registry.history;
  const zone = useZone();
  const names = useNames();
  const label = useLabel(kind);
  return (
    <li data-testid="history-edit" data-what={what}>
      <p>
        <b>{h.what[what]}</b> <time dateTime={at}>{timeWords(Date.parse(at), now, zone, t)}</time> <span className="soft">{by}</span>
      </p>
      {changes.length > 0 && (
        <ul>
          {changes.map((change) => (
            <li key={change.field}>{changeWords(change, label, kind, names, t)}</li>
          ))}
        </ul>
      )}
      {reason && <p className="soft">{h.reason(reason)}</p>}
    </li>
  );
}
