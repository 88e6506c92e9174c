import type { ImportAnswer } from '@muckwatch/contract';
import { Alert, Button, Modal, Table } from 'antd';
import { useRef, useState } from 'react';
import { post, postCsv, Refused, wordsOf } from '../app/api.js';
import { Waiting } from '../app/Waiting.js';
import { useWords, type Words } from '../i18n/index.js';
import { readRoutes } from '../map/routeStore.js';
import { useDesk } from './desk.js';
import { type BadRow, badRowsOf, CSV_SAMPLE, decoded, type ImportFile, readImport } from './importFile.js';
import { readPermits } from './permitsStore.js';
import { serverWords } from './serverWords.js';

type Usable = Exclude<ImportFile, { what: 'nothing' }>;
type State =
  | { at: 'choosing'; fault: string | null }
  | { at: 'chosen'; name: string; file: Usable }
  | { at: 'sending'; name: string; file: Usable }
  | { at: 'refused'; name: string; file: Usable; rows: BadRow[]; fault: string | null }
  | { at: 'done'; name: string; file: Usable; answer: ImportAnswer };

/** A file of permits or routes: looked at, sent whole, and either all of it is taken or every bad row is named. */
export function ImportDialog() {
  const t = useWords();
  const [state, setState] = useState<State>({ at: 'choosing', fault: null });
  const close = () => useDesk.setState({ importing: false });

  const choose = async (chosen: File) => {
    const file = readImport(decoded(await chosen.arrayBuffer()));
    if (file.what === 'nothing') setState({ at: 'choosing', fault: nothingWords(file, t) });
    else setState({ at: 'chosen', name: chosen.name, file });
  };
  const send = async (name: string, file: Usable) => {
    setState({ at: 'sending', name, file });
    try {
      const answer = await sendFile(file);
      setState({ at: 'done', name, file, answer });
      void readPermits();
      void readRoutes();
    } catch (error) {
      const faults = error instanceof Refused ? error.faults : [];
      const rows = badRowsOf(faults, file);
      setState({ at: 'refused', name, file, rows, fault: rows.length > 0 ? null : serverWords(wordsOf(error), t) });
    }
  };

  return (
    <Modal open title={t.permits.importing.title} onCancel={close} footer={null} width={760} destroyOnHidden>
      <div className="importing" data-testid="import-dialog">
        {state.at === 'choosing' && <Choose fault={state.fault} onChoose={(file) => void choose(file)} />}
        {state.at !== 'choosing' && (
          <p className="import-file">
            <b>{state.name}</b> · {countWords(state.file, t)}
          </p>
        )}
        {state.at === 'sending' && <Waiting words={t.permits.importing.sending} small />}
        {state.at === 'refused' && <Refusal rows={state.rows} fault={state.fault} of={state.file.rows} />}
        {state.at === 'done' && <Alert type="success" showIcon title={doneWords(state.answer, t)} data-testid="import-done" />}
        <div className="permit-acts">
          {state.at === 'chosen' && (
            <Button type="primary" autoFocus onClick={() => void send(state.name, state.file)} data-testid="import-send">
              {t.permits.importing.send}
            </Button>
          )}
          {(state.at === 'chosen' || state.at === 'refused' || state.at === 'done') && (
            <Button onClick={() => setState({ at: 'choosing', fault: null })}>{t.permits.importing.other}</Button>
          )}
          <Button onClick={close}>{t.close}</Button>
        </div>
      </div>
    </Modal>
  );
}

function Choose({ fault, onChoose }: { fault: string | null; onChoose: (file: File) => void }) {
  const t = useWords();
  const i = t.permits.importing;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <>
      <p>{i.how}</p>
      <button
        className={`import-drop ${over ? 'over' : ''}`}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file) onChoose(file);
        }}
      >
        {i.drop}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.geojson,.csv,application/json,text/csv"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) onChoose(file);
          target.value = '';
        }}
        data-testid="import-file"
      />
      {fault && <Alert type="error" showIcon title={fault} />}
      <p className="field-line">
        <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${CSV_SAMPLE}`)}`} download="permits.csv">
          {i.sample}
        </a>{' '}
        · {i.columns}
      </p>
    </>
  );
}

/** What of a file cannot be used, row by row. */
export function Refusal({ rows, fault, of }: { rows: BadRow[]; fault: string | null; of: number | null }) {
  const t = useWords();
  const i = t.permits.importing;
  const bad = new Set(rows.map(({ row }) => row)).size;
  return (
    <>
      <Alert type="error" showIcon title={fault ? `${i.failed} ${fault}` : `${i.refused(bad, of)} ${i.fix}`} data-testid="import-refused" />
      {rows.length > 0 && (
        <Table<BadRow & { key: number }>
          size="small"
          dataSource={rows.map((row, key) => ({ ...row, key }))}
          pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          scroll={{ y: 320 }}
          columns={[
            { title: i.row, dataIndex: 'row', width: 64, render: (row: number | null) => row ?? t.none },
            { title: i.which, dataIndex: 'id', width: 130, render: (id: string | null) => id ?? t.none },
            { title: i.field, dataIndex: 'field', width: 130, render: (field: string) => field || t.none },
            { title: i.why, dataIndex: 'message', render: (message: string) => serverWords(message, t) },
          ]}
          data-testid="bad-rows"
        />
      )}
    </>
  );
}

function sendFile(file: Usable): Promise<ImportAnswer> {
  if (file.as === 'csv') return postCsv<ImportAnswer>('/permits/import', file.body);
  return post<ImportAnswer>(`/${file.what}/import`, file.body);
}

function countWords(file: Usable, t: Words): string {
  return file.what === 'permits' ? t.permits.importing.permits(file.rows) : t.permits.importing.routes(file.rows);
}

export function doneWords({ items }: ImportAnswer, t: Words): string {
  const count = (result: ImportAnswer['items'][number]['result']) => items.filter((item) => item.result === result).length;
  return t.permits.importing.done(count('created'), count('changed'), count('unchanged'));
}

function nothingWords(file: Extract<ImportFile, { what: 'nothing' }>, t: Words): string {
  const i = t.permits.importing;
  return file.why === 'bad-json' ? i.badJson(file.said) : file.why === 'empty' ? i.empty : i.nothing;
}
