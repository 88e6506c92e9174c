import { useWords } from '../i18n/index.js';
import { addressOf } from './address.js';
import { type FieldName, KIND, type Kind, type Thing } from './kinds.js';
import type { CellOf, Sort } from './things.js';
import { useLabel } from './useLabel.js';

interface Props {
  kind: Kind;
  things: readonly Thing[];
  chosen: string | null;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onOpen: (id: string) => void;
  cellOf: CellOf;
}

/** A row a thing: what names it, and what else is worth comparing. A heading orders by its column, again the other way round. */
export function ThingTable({ kind, things, chosen, sort, onSort, onOpen, cellOf }: Props) {
  const t = useWords();
  const label = useLabel(kind);
  const { title, fields } = KIND[kind];
  const named = fields.find(({ field }) => field === title);
  const columns = fields.filter((def) => def !== named && !def.panelOnly);
  const heading = (by: FieldName | 'id', words: string, numeric = false) => (
    <th key={by} className={numeric ? 'number' : undefined} aria-sort={sort.by === by ? (sort.down ? 'descending' : 'ascending') : undefined}>
      <button className="plain registry-sort" onClick={() => onSort({ by, down: sort.by === by && !sort.down })}>
        {words} <span aria-hidden>{sort.by === by ? (sort.down ? '▾' : '▴') : ''}</span>
      </button>
    </th>
  );
  return (
    <table className="rows registry-rows">
      <thead>
        <tr>
          {named && heading(named.field, label(named.field))}
          {heading('id', t.registry.id)}
          {columns.map(({ field, as }) => heading(field, label(field), as === 'number'))}
        </tr>
      </thead>
      <tbody>
        {things.map((thing) => (
          <tr
            key={thing.id}
            className={`${thing.retired ? 'off' : ''} ${thing.id === chosen ? 'chosen' : ''}`}
            aria-current={thing.id === chosen || undefined}
            onClick={() => onOpen(thing.id)}
            data-testid="registry-row"
            data-id={thing.id}
          >
            {named && (
              <td>
                <a href={addressOf(kind, thing.id)} onClick={(event) => event.stopPropagation()}>
                  {cellOf(named, thing[named.field])}
                </a>
              </td>
            )}
            <td className="registry-id">{named ? thing.id : <a href={addressOf(kind, thing.id)}>{thing.id}</a>}</td>
            {columns.map((def) => (
              <td key={def.field} className={def.as === 'number' ? 'number' : undefined}>
                {cellOf(def, thing[def.field])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
