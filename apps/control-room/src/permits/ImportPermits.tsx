import { ImportDialog } from '../importing/ImportDialog.js';
import { useWords } from '../i18n/index.js';
import { readRoutes } from '../map/routeStore.js';
import { useDesk } from './desk.js';
import { CSV_SAMPLE, PERMITS_TAKE } from './permitFile.js';
import { readPermits } from './permitsStore.js';

/** A file of permits or of routes. */
export function ImportPermits() {
  const i = useWords().permits.importing;
  return (
    <ImportDialog
      title={i.title}
      how={i.how}
      nothing={i.nothing}
      columns={i.columns}
      template={{ name: 'permits.csv', text: CSV_SAMPLE }}
      takes={PERMITS_TAKE}
      kind={null}
      countWords={(file) => (file.what === 'routes' ? i.routes(file.rows ?? 0) : i.permits(file.rows))}
      onClose={() => useDesk.setState({ importing: false })}
      onDone={() => {
        void readPermits();
        void readRoutes();
      }}
    />
  );
}
