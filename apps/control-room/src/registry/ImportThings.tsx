import { ImportDialog } from '../importing/ImportDialog.js';
import { useWords } from '../i18n/index.js';
import { KIND, type Kind, templateOf } from './kinds.js';

/** A file of one kind of things. */
export function ImportThings({ kind, onClose, onDone }: { kind: Kind; onClose: () => void; onDone: () => void }) {
  const r = useWords().registry;
  const i = r.importing;
  return (
    <ImportDialog
      title={i.title(r.parts[kind])}
      how={i.how}
      nothing={i.nothing}
      columns={i.columns}
      template={{ name: `${kind}.csv`, text: templateOf(kind) }}
      takes={{ plain: kind, columns: ['id', ...KIND[kind].fields.map(({ field }) => field)], features: null }}
      kind={kind}
      countWords={({ rows }) => i.rows(rows)}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
