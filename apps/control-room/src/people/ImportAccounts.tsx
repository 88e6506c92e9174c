import { ImportDialog } from '../importing/ImportDialog.js';
import type { Takes } from '../importing/importFile.js';
import { useWords } from '../i18n/index.js';

const COLUMNS = ['username', 'name', 'role', 'password', 'districtIds', 'companyIds', 'placeIds'] as const;
const TAKES: Takes = { plain: 'accounts', columns: ['username'], features: null };
const sample: string[] = ['zhang.wei', '张伟', 'dispatcher', '', '', 'company-1', ''];

/** Accounts from a file; passwords that are made for new ones are shown once. */
export function ImportAccounts({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useWords();
  const i = t.people.accounts.importing;
  return (
    <ImportDialog
      title={i.title}
      how={i.how}
      nothing={i.nothing}
      columns={i.columns}
      template={{ name: 'accounts.csv', text: [COLUMNS.join(','), sample.join(','), ''].join('\r\n') }}
      takes={TAKES}
      kind={null}
      secretWords={{ warning: i.passwords, save: i.savePasswords }}
      countWords={({ rows }) => t.registry.importing.rows(rows)}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
