import type { ImportAnswer } from '@muckwatch/contract';
import { Alert } from 'antd';
import { useWords } from '../i18n/index.js';
import { csvLink } from './importFile.js';

/** Secrets of new devices, which stand in this answer and nowhere else. */
export function Secrets({ items, name }: { items: ImportAnswer['items']; name: string }) {
  const i = useWords().registry.importing;
  const text = ['id,secret', ...items.map(({ id, secret }) => `${id},"${(secret ?? '').replaceAll('"', '""')}"`), ''].join('\r\n');
  return (
    <div className="import-secrets" data-testid="import-secrets">
      <Alert type="warning" showIcon title={i.secrets} />
      <a className="chip" href={csvLink(text)} download={`secrets-${name}`}>
        {i.saveSecrets}
      </a>
      <ul>
        {items.map(({ id, secret }) => (
          <li key={id}>
            {id} <code>{secret}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
