import type { PlaceFeature, PlacePreview, PlaceVersions } from '@muckwatch/contract';
import { del, get, isAbort, patch, post, Refused, wordsOf } from '../app/api.js';
import { words } from '../i18n/index.js';
import { readPlaces } from '../map/mapStore.js';
import { note } from '../permits/desk.js';
import { together } from './lookedBack.js';
import { changeDraft, openPlace, useDrawing } from './drawingStore.js';
import { fieldOf, propertiesOf, wrongsIn } from './placeForm.js';
import { geometryOf } from './shapeEdit.js';

/** Reads the place as it is now, and then what it was. */
export async function editPlace(id: string, zone: string, history: boolean): Promise<void> {
  try {
    openPlace(await get<PlaceFeature>(`/places/${encodeURIComponent(id)}`), zone);
  } catch (error) {
    return note(`${words().drawing.notRead} ${wordsOf(error)}`);
  }
  if (history) await readVersions(id);
}

export async function readVersions(id: string): Promise<void> {
  const still = () => useDrawing.getState().draft?.feature?.properties.id === id;
  try {
    const { items } = await get<PlaceVersions>(`/places/${encodeURIComponent(id)}/versions`);
    if (still()) useDrawing.setState({ versions: items, versionsFault: null });
  } catch (error) {
    if (still()) useDrawing.setState({ versionsFault: wordsOf(error) });
  }
}

/** Sends the place under the hand, unless it makes no sense; the server's word on a field goes to that field. */
export async function savePlace(zone: string): Promise<boolean> {
  const { draft } = useDrawing.getState();
  if (!draft || draft.saving) return false;
  const t = words().drawing;
  changeDraft({ tried: true });
  const geometry = geometryOf(draft.edit);
  if (!geometry || Object.keys(wrongsIn(draft.form, zone)).length > 0) return false;
  changeDraft({ saving: true, said: {}, fault: null });
  const why = draft.reason.trim() === '' ? '' : `?reason=${encodeURIComponent(draft.reason.trim())}`;
  const properties = propertiesOf(draft.form, zone);
  try {
    const id = draft.feature?.properties.id;
    if (id) {
      const before = propertiesOf(draft.opened, zone) as Record<string, unknown>;
      // Only what was changed here: what somebody else changed meanwhile is not put back.
      const changed = Object.entries(properties).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field]));
      const shape = JSON.stringify(geometry) === JSON.stringify(draft.feature!.geometry) ? {} : { geometry };
      await patch(`/places/${encodeURIComponent(id)}${why}`, { ...shape, properties: Object.fromEntries(changed) });
    } else {
      await post(`/places${why}`, { type: 'Feature', geometry, properties });
    }
    await readPlaces();
    useDrawing.setState({ draft: null, preview: { state: 'none' }, ghost: null });
    note(t.saved(properties.name));
    return true;
  } catch (error) {
    changeDraft({ saving: false, ...saidOf(error, t.notSaved) });
    return false;
  }
}

/** Takes a place out of use; for ten seconds there is a way back. */
export async function retirePlace(): Promise<void> {
  const { draft } = useDrawing.getState();
  const feature = draft?.feature;
  if (!draft || !feature) return;
  const t = words();
  const why = draft.reason.trim() === '' ? '' : `?reason=${encodeURIComponent(draft.reason.trim())}`;
  try {
    await del(`/places/${encodeURIComponent(feature.properties.id!)}${why}`);
    await readPlaces();
    useDrawing.setState({ draft: null, preview: { state: 'none' }, ghost: null });
    note(t.drawing.retired(feature.properties.name), { words: t.permits.form.undo, run: () => void bringBack(feature) });
  } catch (error) {
    changeDraft({ fault: `${t.drawing.notRetired} ${wordsOf(error)}` });
  }
}

/** An import is how a retired place comes back. */
async function bringBack(feature: PlaceFeature): Promise<void> {
  const t = words().drawing;
  try {
    await post('/places/import', { type: 'FeatureCollection', features: [feature] });
    await readPlaces();
    note(t.restored(feature.properties.name));
  } catch (error) {
    note(`${t.notSaved} ${wordsOf(error)}`);
  }
}

/** Asks what the shape would have touched, some trucks an answer, until all were looked at; another shape ends it, and so does Stop. */
export async function lookBack(): Promise<void> {
  const { draft } = useDrawing.getState();
  const geometry = draft && geometryOf(draft.edit);
  if (!geometry) return;
  const abort = new AbortController();
  useDrawing.setState({ preview: { state: 'reading', abort, found: null } });
  const still = () => {
    const { preview } = useDrawing.getState();
    return preview.state === 'reading' && preview.abort === abort;
  };
  try {
    for (let found: PlacePreview | null = null; still() && (found === null || found.next !== null);) {
      const body = { geometry, id: draft.feature?.properties.id ?? null, after: found?.next ?? null };
      found = together(found, await post<PlacePreview>('/places/preview', body, abort.signal));
      if (still()) useDrawing.setState({ preview: found.next === null ? { state: 'read', found } : { state: 'reading', abort, found } });
    }
  } catch (error) {
    if (!isAbort(error) && still()) useDrawing.setState({ preview: { state: 'failed', words: wordsOf(error) } });
  }
}

/** Faults at the fields they name; what names none of ours stands above the buttons. */
function saidOf(error: unknown, lead: string): { said: Record<string, string>; fault: string | null } {
  const t = words();
  if (!(error instanceof Refused) || error.faults.length === 0) return { said: {}, fault: `${lead} ${wordsOf(error)}` };
  const said: Record<string, string> = {};
  const others: string[] = [];
  for (const { path, message } of error.faults) {
    const field = fieldOf(path);
    if (field === null) others.push(path === '' ? message : t.labelled(path, message));
    else said[field] = said[field] ? t.clauses([said[field], message]) : message;
  }
  return { said, fault: others.length > 0 ? [lead, ...others].join(' ') : null };
}
