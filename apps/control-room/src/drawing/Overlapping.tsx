import { useMemo } from 'react';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { useMap } from '../map/mapStore.js';
import type { PlaceDraft } from './drawingStore.js';
import { overlapsOf } from './overlaps.js';
import { propertiesOf } from './placeForm.js';
import { geometryOf } from './shapeEdit.js';

/** Says before it is saved that the same place may be there already. It may be meant: nothing is refused. */
export function Overlapping({ draft: { feature, edit, form } }: { draft: PlaceDraft }) {
  const t = useWords();
  const d = t.drawing;
  const zone = useZone();
  const places = useMap((s) => s.places);
  const id = feature?.properties.id;
  const overlaps = useMemo(() => {
    const geometry = geometryOf(edit);
    return geometry ? overlapsOf({ type: 'Feature', geometry, properties: { ...propertiesOf(form, zone), id } }, places) : [];
  }, [edit, form, zone, id, places]);
  if (overlaps.length === 0) return null;
  const names = t.list(overlaps.map(({ name }) => d.overlapOf(t.place[form.kind], name)));
  return (
    <p className="c-serious" role="status" data-testid="place-overlaps">
      {d.overlaps(names, Math.round(overlaps[0]!.share * 100))}
    </p>
  );
}
