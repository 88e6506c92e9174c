import type { ImportAnswer } from '@muckwatch/contract';
import { Alert, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { post, postCsv, Refused, wordsOf } from '../app/api.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { readPlaces } from '../map/mapStore.js';
import { doneWords, Refusal } from '../permits/ImportDialog.js';
import { type BadRow, badRowsOf, decoded } from '../permits/importFile.js';
import { serverWords } from '../permits/serverWords.js';
import { readPlaceFile } from './placeFile.js';

type State =
  | { at: 'choosing'; fault: string | null }
  | { at: 'sending' }
  | { at: 'refused'; rows: BadRow[]; fault: string | null; of: number | null }
  | { at: 'done'; answer: ImportAnswer };

/** A file of places: either all of it is taken or every bad row is named. */
export function ImportPlaces({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const i = t.drawing.importing;
  const [state, setState] = useState<State>({ at: 'choosing', fault: null });
  const input = useRef<HTMLInputElement>(null);

  const take = async (chosen: File) => {
    const file = readPlaceFile(decoded(await chosen.arrayBuffer()));
    if (file.what === 'nothing') return setState({ at: 'choosing', fault: file.said === null ? i.nothing : i.unreadable(file.said) });
    setState({ at: 'sending' });
    try {
      const answer = file.as === 'csv' ? await postCsv<ImportAnswer>('/places/import', file.body) : await post<ImportAnswer>('/places/import', file.body);
      setState({ at: 'done', answer });
      void readPlaces();
    } catch (error) {
      const rows = badRowsOf(error instanceof Refused ? error.faults : [], file);
      setState({ at: 'refused', rows, fault: rows.length > 0 ? null : serverWords(wordsOf(error), t), of: file.rows });
    }
  };

  return (
    <Modal open title={i.title} onCancel={onClose} footer={null} width={760} destroyOnHidden>
      <div className="importing" data-testid="import-places-dialog">
        <p>{i.how}</p>
        {state.at === 'choosing' && state.fault && <Alert type="error" showIcon title={state.fault} />}
        {state.at === 'sending' && <Waiting words={t.permits.importing.sending} small />}
        {state.at === 'refused' && <Refusal rows={state.rows} fault={state.fault} of={state.of} />}
        {state.at === 'done' && <Alert type="success" showIcon title={doneWords(state.answer, t)} data-testid="import-done" />}
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,.geojson,.csv,application/json,text/csv"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void take(file);
            target.value = '';
          }}
          data-testid="places-file"
        />
        <div className="permit-acts">
          <Button type="primary" disabled={state.at === 'sending'} onClick={() => input.current?.click()}>
            {i.choose}
          </Button>
          <Button onClick={onClose}>{t.close}</Button>
        </div>
      </div>
    </Modal>
  );
}
