import type { ImportAnswer, ImportPreview } from '@muckwatch/contract';
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { post, postCsv, Refused, wordsOf } from '../app/api.js';
import { Waiting } from '../app/Waiting.js';
import { useWords, type Words } from '../i18n/index.js';
import type { Kind } from '../registry/kinds.js';
import { ChooseFile } from './ChooseFile.js';
import { decoded, type ImportFile, isUsable, readImport, type Takes, type Usable } from './importFile.js';
import './importing.css';
import { countsOf, PreviewTable } from './PreviewTable.js';
import { type SecretWords, Secrets } from './Secrets.js';

type State =
  | { at: 'choosing'; fault: string | null }
  | { at: 'checking' | 'sending'; name: string; file: Usable }
  | { at: 'checked'; name: string; file: Usable; preview: ImportPreview }
  | { at: 'refused'; name: string; file: Usable; fault: string }
  | { at: 'done'; name: string; file: Usable; answer: ImportAnswer };

interface Props {
  title: string;
  how: string;
  /** There was nothing in the file that is taken here. */
  nothing: string;
  /** How cells are written. */
  columns: string;
  template: { name: string; text: string };
  takes: Takes;
  /** Of the registry's page, for the names of fields. */
  kind: Kind | null;
  /** How secrets that are shown once are called; the keys of devices unless said. */
  secretWords?: SecretWords;
  countWords: (file: Usable) => string;
  onClose: () => void;
  onDone: () => void;
}

/** A file, looked at by the server row by row before anything is written; taken whole, and only when every row is right. */
export function ImportDialog({ title, how, nothing, columns, template, takes, kind, secretWords, countWords, onClose, onDone }: Props) {
  const t = useWords();
  const i = t.permits.importing;
  const [state, setState] = useState<State>({ at: 'choosing', fault: null });

  const choose = async (chosen: File) => {
    const { name } = chosen;
    const file = readImport(decoded(await chosen.arrayBuffer()), takes);
    if (!isUsable(file)) return setState({ at: 'choosing', fault: nothingWords(file, nothing, t) });
    setState({ at: 'checking', name, file });
    try {
      setState({ at: 'checked', name, file, preview: await sendFile<ImportPreview>(file, '?dryRun=true') });
    } catch (error) {
      setState({ at: 'refused', name, file, fault: faultWords(error, t) });
    }
  };
  const send = async (name: string, file: Usable) => {
    setState({ at: 'sending', name, file });
    try {
      setState({ at: 'done', name, file, answer: await sendFile<ImportAnswer>(file, '') });
      onDone();
    } catch (error) {
      // What was right when it was looked at may be wrong by now: it is looked at again when the file is chosen again.
      setState({ at: 'refused', name, file, fault: faultWords(error, t) });
    }
  };
  const checked = state.at === 'checked' ? countsOf(state.preview) : null;
  const toWrite = checked ? checked.created + checked.changed : 0;
  const secrets = state.at === 'done' ? state.answer.items.filter(({ secret }) => secret !== undefined) : [];

  return (
    // With secrets on it, only its own button closes it.
    <Modal
      open
      title={title}
      onCancel={onClose}
      footer={null}
      width={860}
      destroyOnHidden
      mask={{ closable: secrets.length === 0 }}
      keyboard={secrets.length === 0}
    >
      <div className="importing" data-testid="import-dialog">
        {state.at === 'choosing' && <ChooseFile how={how} columns={columns} template={template} fault={state.fault} onChoose={(file) => void choose(file)} />}
        {state.at !== 'choosing' && (
          <p className="import-file">
            <b>{state.name}</b> · {countWords(state.file)}
          </p>
        )}
        {state.at === 'checking' && <Waiting words={t.registry.importing.checking} small />}
        {state.at === 'sending' && <Waiting words={i.sending} small />}
        {state.at === 'checked' && <Verdict preview={state.preview} kind={kind} headed={state.file.as === 'csv'} />}
        {state.at === 'refused' && <Alert type="error" showIcon title={`${i.failed} ${state.fault}`} data-testid="import-refused" />}
        {state.at === 'done' && <Alert type="success" showIcon title={doneWords(state.answer, t)} data-testid="import-done" />}
        {secrets.length > 0 && <Secrets items={secrets} name={template.name} words={secretWords} />}
        <div className="permit-acts">
          {state.at === 'checked' && checked?.bad === 0 && toWrite > 0 && (
            <Button type="primary" autoFocus onClick={() => void send(state.name, state.file)} data-testid="import-send">
              {t.registry.importing.send(toWrite)}
            </Button>
          )}
          {(state.at === 'checked' || state.at === 'refused' || state.at === 'done') && (
            <Button onClick={() => setState({ at: 'choosing', fault: null })} data-testid="import-other">
              {i.other}
            </Button>
          )}
          <Button onClick={onClose}>{t.close}</Button>
        </div>
      </div>
    </Modal>
  );
}

function Verdict({ preview, kind, headed }: { preview: ImportPreview; kind: Kind | null; headed: boolean }) {
  const t = useWords();
  const i = t.registry.importing;
  const counts = countsOf(preview);
  const words = i.would(counts.created, counts.changed, counts.unchanged, counts.bad);
  return (
    <>
      {counts.bad > 0 ? (
        <Alert
          type="error"
          showIcon
          title={`${t.permits.importing.refused(counts.bad, preview.items.length)} ${t.permits.importing.fix}`}
          data-testid="import-refused"
        />
      ) : counts.created + counts.changed === 0 ? (
        <Alert type="info" showIcon title={i.nothingToDo} data-testid="import-same" />
      ) : (
        <Alert type="info" showIcon title={`${i.clean} ${words}`} data-testid="import-clean" />
      )}
      <PreviewTable preview={preview} kind={kind} headed={headed} />
    </>
  );
}

function sendFile<T>(file: Usable, query: string): Promise<T> {
  const path = `/${file.what}/import${query}`;
  return file.as === 'csv' ? postCsv<T>(path, file.body) : post<T>(path, file.body);
}

function doneWords({ items }: ImportAnswer, t: Words): string {
  const count = (result: ImportAnswer['items'][number]['result']) => items.filter((item) => item.result === result).length;
  return t.permits.importing.done(count('created'), count('changed'), count('unchanged'));
}

function faultWords(error: unknown, t: Words): string {
  const faults = error instanceof Refused ? error.faults : [];
  return faults.length === 0 ? wordsOf(error) : t.clauses(faults.map(({ path, message }) => (path ? t.labelled(path, message) : message)));
}

function nothingWords(file: Exclude<ImportFile, Usable>, nothing: string, t: Words): string {
  const i = t.permits.importing;
  return file.why === 'bad-json' ? i.badJson(file.said) : file.why === 'empty' ? i.empty : nothing;
}
