import { Alert } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../i18n/index.js';
import { csvLink } from './importFile.js';

interface Props {
  how: string;
  columns: string;
  template: { name: string; text: string };
  fault: string | null;
  onChoose: (file: File) => void;
}

/** A place to drop a file on, or to press. */
export function ChooseFile({ how, columns, template, fault, onChoose }: Props) {
  const i = useWords().permits.importing;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <>
      <p>{how}</p>
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
        <a href={csvLink(template.text)} download={template.name}>
          {i.sample}
        </a>{' '}
        · {columns}
      </p>
    </>
  );
}
