import { ImportDialog } from '../importing/ImportDialog.js';
import type { Takes } from '../importing/importFile.js';
import { useWords } from '../i18n/index.js';
import { readPlaces } from '../map/mapStore.js';

/** Features as they are drawn, or rows of points that become circles. */
const PLACES_TAKE: Takes = { plain: 'places', columns: ['radiusM'], features: 'places' };
const CSV_SAMPLE = ['id,kind,name,lon,lat,radiusM', 'site-1,site,城南安置房,113.38,31.69,120', ''].join('\r\n');

/** A file of places. */
export function ImportPlaces({ onClose }: { onClose: () => void }) {
  const i = useWords().drawing.importing;
  return (
    <ImportDialog
      title={i.title}
      how={i.how}
      nothing={i.nothing}
      columns={i.columns}
      template={{ name: 'places.csv', text: CSV_SAMPLE }}
      takes={PLACES_TAKE}
      kind={null}
      countWords={({ rows }) => i.count(rows)}
      onClose={onClose}
      onDone={() => void readPlaces()}
    />
  );
}
