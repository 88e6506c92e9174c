import { Button, Popconfirm } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { del, get, patch, post, Refused, wordsOf } from '../app/api.js';
import { Lacking } from '../app/Parts.js';
import { useRead } from '../app/useRead.js';
import { useKept } from '../app/useKept.js';
import { useWords, type Words } from '../i18n/index.js';
import { History } from './History.js';
import { KIND, type Kind, type Thing } from './kinds.js';
import { ThingFacts } from './ThingFacts.js';
import { ThingFields } from './ThingFields.js';
import { bodyOf, faultsAt, type Form, formOf, type Wrong, wrongsIn } from './thingForm.js';
import { ThingLinks } from './ThingLinks.js';
import { useCells } from './useCells.js';

interface Props {
  kind: Kind;
  /** null: a new one. */
  id: string | null;
  mayKeep: boolean;
  /** How the thing stands now, with a secret where one was made. */
  onTold: (thing: Thing, secret: string | null) => void;
  onClose: () => void;
}

/** One thing: its fields to read or to change, what may be done with it, and what was done. */
export function ThingPanel({ kind, id, mayKeep, onTold, onClose }: Props) {
  const t = useWords();
  const r = t.registry;
  const read = useRead<Thing>(id === null ? null : pathOf(kind, id));
  // What was saved here is known before it is read again.
  const [saved, setSaved] = useState<Thing | null>(null);
  const thing = saved ?? (read.state === 'read' ? read.answer : null);
  const told = (next: Thing) => {
    const { secret, ...rest } = next;
    setSaved(rest);
    onTold(rest, typeof secret === 'string' ? secret : null);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('.ant-modal-wrap, .ant-popconfirm:not(.ant-popover-hidden)')) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);

  return (
    <aside className="registry-panel" aria-label={id ?? r.add[kind]} data-testid="registry-panel">
      <header>
        <h2>{id === null ? r.add[kind] : <Title kind={kind} thing={thing} id={id} />}</h2>
        <button className="card-close" onClick={onClose} aria-label={t.close} title="Esc">
          ✕
        </button>
      </header>
      <div className="registry-panel-body">
        {id !== null && !thing && (
          <Lacking read={{ ...read, words: read.state === 'failed' ? read.words : null }} empty={null} failed={r.failed} what={r.one[kind]} />
        )}
        {(thing || id === null) &&
          (mayKeep && !thing?.retired ? (
            <Editor key={thing ? versionOf(thing) : 'new'} kind={kind} thing={thing} onTold={told} />
          ) : (
            <Retired kind={kind} thing={thing!} mayKeep={mayKeep} onTold={told} />
          ))}
        {thing && <ThingLinks kind={kind} thing={thing} />}
        {thing && <History key={`history ${versionOf(thing)}`} path={pathOf(kind, thing.id)} kind={kind} />}
      </div>
    </aside>
  );
}

const pathOf = (kind: Kind, id: string) => `/${kind}/${encodeURIComponent(id)}`;
/** Another one when anything of the thing is. */
const versionOf = (thing: Thing) => JSON.stringify(thing);

function Title({ kind, thing, id }: { kind: Kind; thing: Thing | null; id: string }) {
  const cellOf = useCells();
  const def = KIND[kind].fields.find(({ field }) => field === KIND[kind].title);
  const name = def && thing ? cellOf(def, thing[def.field]) : '';
  return (
    <>
      {name || id}
      {name !== '' && <small>{id}</small>}
    </>
  );
}

/** Who may only look reads; what is retired is read, and brought back. */
function Retired({ kind, thing, mayKeep, onTold }: { kind: Kind; thing: Thing; mayKeep: boolean; onTold: (thing: Thing) => void }) {
  const t = useWords();
  const r = t.registry;
  const [fault, setFault] = useState<string | null>(null);
  const restore = async () => {
    try {
      // An import is how what is retired comes back: a row that says its id alone changes nothing else.
      await post(`/${kind}/import`, [{ id: thing.id }]);
      onTold(await get<Thing>(pathOf(kind, thing.id)));
    } catch (error) {
      setFault(refusalWords(kind, error, t));
    }
  };
  return (
    <>
      <ThingFacts kind={kind} thing={thing} />
      {thing.retired && <p className="field-line">{r.isRetired}</p>}
      {!mayKeep && <p className="field-line">{r.readOnly}</p>}
      {fault && (
        <p className="c-serious" role="alert">
          {fault}
        </p>
      )}
      {mayKeep && thing.retired && (
        <Button type="primary" onClick={() => void restore()} data-testid="registry-restore">
          {r.restore}
        </Button>
      )}
    </>
  );
}

function Editor({ kind, thing, onTold }: { kind: Kind; thing: Thing | null; onTold: (thing: Thing) => void }) {
  const t = useWords();
  const r = t.registry;
  const [opened] = useState(() => formOf(kind, thing));
  const [form, setForm] = useKept<Form>(`registry ${kind} ${thing ? versionOf(thing) : 'form'}`, opened);
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState<Record<string, string>>({});
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const wrongs = wrongsIn(kind, form);
  const body = bodyOf(kind, form, thing && opened);
  const changed = thing === null || Object.keys(body).length > 0;
  const path = thing && pathOf(kind, thing.id);
  const isDevice = kind === 'terminals' || kind === 'cameras';

  const act = async (work: () => Promise<Thing>) => {
    setBusy(true);
    setSaid({});
    setFault(null);
    try {
      onTold(await work());
    } catch (error) {
      const { at, others } = error instanceof Refused ? faultsAt(kind, error.faults) : { at: {}, others: [] };
      setSaid(at);
      if (Object.keys(at).length === 0 || others.length > 0) setFault(`${r.notSaved} ${t.clauses(others) || wordsOf(error)}`);
    } finally {
      setBusy(false);
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrongs).length > 0 || busy) return;
    void act(() => (path === null ? post<Thing>(`/${kind}`, body) : patch<Thing>(path, body)));
  };
  const retire = () =>
    act(async () => {
      await del(path!);
      // How it stands afterwards is read, not guessed.
      return get<Thing>(path!);
    });
  const wrongOf = (field: string) => {
    const wrong = wrongs[field];
    return said[field] ?? (wrong && (tried || wrong.what !== 'needed') ? wrongWords(wrong, t) : null);
  };

  return (
    <form className="form registry-form" noValidate onSubmit={save} data-testid="registry-form">
      <ThingFields kind={kind} form={form} isNew={thing === null} disabled={busy} wrongOf={wrongOf} onChange={(part) => setForm({ ...form, ...part })} />
      {fault && (
        <p className="c-serious" role="alert" data-testid="registry-fault">
          {fault}
        </p>
      )}
      <div className="form-acts">
        <Button type="primary" htmlType="submit" disabled={!changed || busy} data-testid="registry-save">
          {busy ? r.saving : thing ? r.save : r.create}
        </Button>
        {thing && isDevice && (
          <Popconfirm
            title={t.people.devices.rotateWhy}
            okText={t.people.devices.rotate}
            cancelText={t.cancel}
            onConfirm={() => act(() => patch<Thing>(path!, { secret: null }))}
          >
            <Button disabled={busy}>{t.people.devices.rotate}</Button>
          </Popconfirm>
        )}
        {thing && (
          <Popconfirm
            title={r.retireSure(form[KIND[kind].title ?? 'id'] || thing.id)}
            description={<div className="registry-why">{r.retireWhy[kind]}</div>}
            okText={r.retire}
            cancelText={t.cancel}
            onConfirm={() => void retire()}
          >
            <Button danger disabled={busy} data-testid="registry-retire">
              {r.retire}
            </Button>
          </Popconfirm>
        )}
      </div>
      {thing && changed && <p className="field-line">{r.unsaved}</p>}
    </form>
  );
}

function wrongWords(wrong: Wrong, t: Words): string {
  const w = t.registry.wrong;
  if (wrong.what !== 'within') return w[wrong.what];
  return w.within(wrong.least.toLocaleString(t.code), wrong.most.toLocaleString(t.code));
}

function refusalWords(kind: Kind, error: unknown, t: Words): string {
  const faults = error instanceof Refused ? error.faults : [];
  const { at, others } = faultsAt(kind, faults);
  const each = [...Object.entries(at).map(([field, message]) => t.labelled(t.registry.field[field] ?? field, message)), ...others];
  return `${t.registry.notSaved} ${t.clauses(each) || wordsOf(error)}`;
}
