import type { ImportPreview } from '@muckwatch/contract';
import { Table } from 'antd';
import { useState } from 'react';
import { useWords } from '../i18n/index.js';
import { changeWords } from '../registry/historyWords.js';
import type { Kind } from '../registry/kinds.js';
import { useSaying } from '../registry/useSaying.js';

type Row = ImportPreview['items'][number];
type Fate = Row['result'];

const FATES = ['bad', 'created', 'changed', 'unchanged'] as const;
const SHAPE: Record<Fate, string> = { bad: '◆', created: '+', changed: '±', unchanged: '=' };
const PAGE = 50;

export function countsOf({ items }: ImportPreview): Record<Fate, number> {
  const counts = { bad: 0, created: 0, changed: 0, unchanged: 0 };
  for (const { result } of items) counts[result] += 1;
  return counts;
}

/** Every row with its fate; of a bad one what is wrong at which field, of a changed one what would change. A file that is headed by names of columns has its first row in line 2, as a spreadsheet numbers it. */
export function PreviewTable({ preview, kind, headed }: { preview: ImportPreview; kind: Kind | null; headed: boolean }) {
  const t = useWords();
  const i = t.registry.importing;
  const p = t.permits.importing;
  const saying = useSaying(kind);
  const { label } = saying;
  const counts = countsOf(preview);
  const [fate, setFate] = useState<Fate | null>(counts.bad > 0 ? 'bad' : null);
  const rows = fate === null ? preview.items : preview.items.filter(({ result }) => result === fate);
  const lines = ({ result, changes, faults }: Row): string[] =>
    result === 'bad'
      ? faults.map(({ path, message }) => (path === '' ? message : t.labelled(label(path) === path ? path : `${label(path)} (${path})`, message)))
      : changes.map((change) => changeWords(change, saying));
  return (
    <>
      <div className="sheet-chips">
        <button className={`chip ${fate === null ? 'on strong' : ''}`} aria-pressed={fate === null} onClick={() => setFate(null)}>
          {i.all} {preview.items.length}
        </button>
        {FATES.filter((one) => counts[one] > 0).map((one) => (
          <button key={one} className={`chip ${fate === one ? 'on strong' : ''}`} aria-pressed={fate === one} onClick={() => setFate(one)}>
            {i.fate[one]} {counts[one]}
          </button>
        ))}
      </div>
      <Table<Row>
        size="small"
        rowKey="row"
        dataSource={rows}
        pagination={rows.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
        scroll={{ y: 320, x: 480 }}
        columns={[
          { title: i.row, dataIndex: 'row', width: 64, render: (row: number) => (headed ? row + 1 : row) },
          { title: p.which, dataIndex: 'id', width: 140, render: (id: string | null) => id ?? t.none },
          {
            title: i.fateTitle,
            dataIndex: 'result',
            width: 96,
            render: (result: Fate) => (
              <span className={result === 'bad' ? 'c-critical' : result === 'unchanged' ? 'mute' : undefined}>
                <span aria-hidden>{SHAPE[result]}</span> {i.fate[result]}
              </span>
            ),
          },
          {
            title: i.whatTitle,
            key: 'what',
            render: (_, row) => (
              <ul className="import-lines">
                {lines(row).map((line, at) => (
                  <li key={at}>{line}</li>
                ))}
              </ul>
            ),
          },
        ]}
        data-testid="import-rows"
      />
    </>
  );
}
