import type { Edit, EditPage } from '@muckwatch/contract';
import { Lacking } from '../app/Parts.js';
import { useRead } from '../app/useRead.js';
import { useWords } from '../i18n/index.js';
import './history.css';
import { changeWords } from './historyWords.js';
import type { Kind } from './kinds.js';
import { useSaying } from './useSaying.js';

/** Who changed what of a thing and when, newest first. `path` is the thing's; `kind` where it is one of this page's; `headed` false where it stands below its name already. */
export function History({ path, kind, headed = true }: { path: string; kind: Kind | null; headed?: boolean }) {
  const t = useWords();
  const h = t.registry.history;
  const read = useRead<EditPage>(`${path}/history`);
  const items = read.state === 'read' ? read.answer.items : [];
  return (
    <section className="history" data-testid="history">
      {headed && <h3>{h.title}</h3>}
      <Lacking
        read={{ ...read, words: read.state === 'failed' ? read.words : null }}
        empty={read.state === 'read' && items.length === 0 ? { title: h.none } : null}
        failed={h.failed}
        what={h.title}
      />
      <ol>
        {items.map((edit, i) => (
          <Line key={`${edit.at} ${i}`} edit={edit} kind={kind} />
        ))}
      </ol>
    </section>
  );
}

function Line({ edit: { at, by, reason, what, changes }, kind }: { edit: Edit; kind: Kind | null }) {
  const saying = useSaying(kind);
  const h = saying.t.registry.history;
  return (
    <li data-testid="history-edit" data-what={what}>
      <p>
        <b>{h.what[what]}</b> <time dateTime={at}>{saying.clock(at)}</time> <span className="soft">{by}</span>
      </p>
      {changes.length > 0 && (
        <ul>
          {changes.map((change) => (
            <li key={change.field}>{changeWords(change, saying)}</li>
          ))}
        </ul>
      )}
      {reason && <p className="soft">{h.reason(reason)}</p>}
    </li>
  );
}
