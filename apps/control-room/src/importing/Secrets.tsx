import type { ImportAnswer } from '@muckwatch/contract';
import { Alert } from 'antd';
import { useWords } from '../i18n/index.js';
import { csvLink } from './importFile.js';

export interface SecretWords {
  warning: string;
  save: string;
}

/** An account is known by its user name, whatever its id. */
type Item = ImportAnswer['items'][number] & { username?: string };

/** Secrets of new devices, and passwords of new accounts, which stand in this answer and nowhere else. */
export function Secrets({ items, name, words }: { items: Item[]; name: string; words?: SecretWords }) {
  const i = useWords().registry.importing;
  const called = ({ id, username }: Item) => username ?? id;
  const header = items[0]?.username === undefined ? 'id,secret' : 'username,password';
  const text = [header, ...items.map((one) => `${called(one)},"${(one.secret ?? '').replaceAll('"', '""')}"`), ''].join('\r\n');
  return (
    <div className="import-secrets" data-testid="import-secrets">
      <Alert type="warning" showIcon title={words?.warning ?? i.secrets} />
      <a className="chip" href={csvLink(text)} download={`secrets-${name}`}>
        {words?.save ?? i.saveSecrets}
      </a>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            {called(one)} <code>{one.secret}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
