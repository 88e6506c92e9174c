import { Button } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { Lacking } from '../app/Parts.js';
import { go } from '../app/router.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';
import { Once } from '../people/Once.js';
import { addressOf } from './address.js';
import { ImportThings } from './ImportThings.js';
import type { Kind, Thing } from './kinds.js';
import { ThingPanel } from './ThingPanel.js';
import { finds, inOrder, type Sort } from './things.js';
import { ThingTable } from './ThingTable.js';
import { useCells } from './useCells.js';
import { useThings } from './useThings.js';

const PAGE = 100;

interface Props {
  kind: Kind;
  chosen: string | null;
  /** What the address asks to find. */
  sought: string;
  mayKeep: boolean;
  /** The account sees a part of the city only. */
  narrowed: boolean;
}

/** One kind of things: the list, and beside it the one that is chosen or being made. */
export function ThingList({ kind, chosen, sought, mayKeep, narrowed }: Props) {
  const t = useWords();
  const r = t.registry;
  const cellOf = useCells();
  const [retired, setRetired] = useState(false);
  const [search, setSearch] = useState(sought);
  const [sort, setSort] = useState<Sort>({ by: 'id', down: false });
  const [most, setMost] = useState(PAGE);
  const [making, setMaking] = useKept(`registry ${kind} new`, false);
  const [importing, setImporting] = useState(false);
  const [secret, setSecret] = useState<{ id: string; secret: string } | null>(null);
  const { read, things, whole, hear } = useThings(kind, retired);

  // Typing does not wait for ten thousand rows.
  const wanted = useDeferredValue(search);
  const found = useMemo(
    () =>
      inOrder(
        kind,
        things.filter((thing) => finds(kind, thing, wanted, cellOf)),
        sort,
        cellOf,
      ),
    [kind, things, wanted, sort, cellOf],
  );
  const open = (id: string | null) => {
    setMaking(false);
    go(addressOf(kind, id, sought));
  };
  const told = (thing: Thing, made: string | null) => {
    hear(thing);
    if (made !== null) setSecret({ id: thing.id, secret: made });
    if (thing.id !== chosen || making) open(thing.id);
  };
  const count = (n: number) => n.toLocaleString(t.code);
  const empty = search.trim() === '' ? { title: retired ? r.none : r.noneYet, why: whyNone() } : { title: r.none, why: r.fewer };
  function whyNone() {
    if (retired) return r.noneRetired;
    return mayKeep || !narrowed ? r.noneWhy[kind] : r.noneToYou;
  }

  return (
    <div className={`registry ${chosen !== null || making ? 'with-panel' : ''}`}>
      <div className="registry-list">
        <div className="sheet">
          <header className="sheet-head">
            <input
              className="field"
              type="search"
              value={search}
              placeholder={r.find[kind]}
              aria-label={r.find[kind]}
              onChange={(event) => {
                setSearch(event.target.value);
                setMost(PAGE);
              }}
              data-testid="registry-find"
            />
            <div className="sheet-chips">
              {[false, true].map((one) => (
                <button
                  key={String(one)}
                  className={`chip ${retired === one ? 'on strong' : ''}`}
                  aria-pressed={retired === one}
                  onClick={() => setRetired(one)}
                >
                  {one ? r.retired : r.inUse}
                </button>
              ))}
            </div>
            <div className="registry-acts">
              <a className="chip" href={`/api/v1/exports/registry?kind=${kind}&retired=${retired}`} download title={r.exportHint} data-testid="registry-export">
                {r.export}
              </a>
              {mayKeep && (
                <>
                  <Button onClick={() => setImporting(true)} data-testid="registry-import">
                    {r.import}
                  </Button>
                  <Button type="primary" onClick={() => setMaking(true)} data-testid="registry-new">
                    {r.add[kind]}
                  </Button>
                </>
              )}
            </div>
          </header>
          <Lacking read={read} empty={found.length === 0 ? empty : null} failed={r.failed} what={r.parts[kind]} />
          {things.length > 0 && (
            <p className="registry-count" role="status" data-testid="registry-count">
              {whole ? r.count(count(found.length), found.length === things.length ? null : count(things.length)) : r.reading(count(things.length))}
            </p>
          )}
          {found.length > 0 && (
            <ThingTable kind={kind} things={found.slice(0, most)} chosen={making ? null : chosen} sort={sort} onSort={setSort} onOpen={open} cellOf={cellOf} />
          )}
          {found.length > most && (
            <Button className="sheet-more" onClick={() => setMost(most + PAGE)}>
              {r.more(Math.min(PAGE, found.length - most))}
            </Button>
          )}
        </div>
      </div>
      {(chosen !== null || making) && (
        <ThingPanel key={making ? 'new' : chosen} kind={kind} id={making ? null : chosen} mayKeep={mayKeep} onTold={told} onClose={() => open(null)} />
      )}
      {importing && <ImportThings kind={kind} onClose={() => setImporting(false)} onDone={read.again} />}
      {secret && <Once title={t.people.devices.secret(secret.id)} secret={secret.secret} what={t.people.devices.secretWhat} onClose={() => setSecret(null)} />}
    </div>
  );
}
