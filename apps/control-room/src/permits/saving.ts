import type { PermitResource, RouteFeature } from '@muckwatch/contract';
import { patch, post, Refused, del, wordsOf } from '../app/api.js';
import { words } from '../i18n/index.js';
import { serverNow } from '../live/liveStore.js';
import { readRoutes } from '../map/routeStore.js';
import type { MapRoute } from '../map/routes.js';
import { changePermit, note, type Said, useDesk } from './desk.js';
import { bodyOf, fieldOf, validityOf, wrongsIn } from './permitForm.js';
import { hearPermit, readPermits } from './permitsStore.js';
import { geometryOf } from './routeEdit.js';
import { wrongsOfRoute } from './wrongsOfRoute.js';

/** Sends the permit of the drawer, unless it makes no sense; the server's word on a field goes to that field. */
export async function savePermit(zone: string): Promise<boolean> {
  const { permit: draft } = useDesk.getState();
  if (!draft || draft.saving) return false;
  const wrongs = wrongsIn(draft.form, zone, draft.permit === null ? serverNow() : null);
  useDesk.setState({ permit: { ...draft, tried: true } });
  if (Object.keys(wrongs).length > 0) return false;

  useDesk.setState({ permit: { ...draft, tried: true, said: {}, fault: null, saving: true } });
  try {
    const body = bodyOf(draft.form, zone);
    const saved =
      draft.permit === null
        ? await post<PermitResource>('/permits', body)
        : await patch<PermitResource>(`/permits/${encodeURIComponent(draft.permit.id)}`, changedIn(bodyOf(draft.opened, zone), body));
    hearPermit(saved);
    useDesk.setState({ permit: null });
    note(draft.permit === null ? words().permits.form.created(saved.id) : words().permits.form.saved);
    return true;
  } catch (error) {
    const { permit } = useDesk.getState();
    if (permit) useDesk.setState({ permit: { ...permit, saving: false, ...saidOf(error, fieldOf, words().permits.form.notSaved) } });
    return false;
  }
}

/** Only what was changed here: what somebody else changed meanwhile is not put back. */
function changedIn<T extends object>(before: T, after: T): Partial<T> {
  const fields = Object.entries(after).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[field]));
  return Object.fromEntries(fields) as Partial<T>;
}

/** Sends the route under the hand; a permit that waits for it takes it up. */
export async function saveRoute(zone: string): Promise<boolean> {
  const { route: draft } = useDesk.getState();
  if (!draft || draft.saving) return false;
  useDesk.setState({ route: { ...draft, tried: true, drawing: false } });
  const geometry = geometryOf(draft.edit.lines);
  if (geometry === null || Object.keys(wrongsOfRoute(draft, zone)).length > 0) return false;

  useDesk.setState({ route: { ...draft, tried: true, drawing: false, said: {}, fault: null, saving: true } });
  const feature = {
    type: 'Feature',
    geometry,
    properties: { name: draft.form.name.trim(), widthM: Number(draft.form.widthM), ...validityOf(draft.form, zone) },
  };
  try {
    const saved =
      draft.route === null ? await post<RouteFeature>('/routes', feature) : await patch<RouteFeature>(`/routes/${encodeURIComponent(draft.route.id)}`, feature);
    await readRoutes();
    useDesk.setState({ route: null });
    note(words().permits.route.saved);
    const { permit } = useDesk.getState();
    const id = saved.properties.id;
    if (permit && id && !permit.form.routeIds.includes(id)) changePermit({ routeIds: [...permit.form.routeIds, id] });
    return true;
  } catch (error) {
    const { route } = useDesk.getState();
    const field = (path: string) => (path === 'geometry' ? 'line' : (/^properties\.(name|widthM|validFrom|validTo)$/.exec(path)?.[1] ?? null));
    if (route) useDesk.setState({ route: { ...route, saving: false, ...saidOf(error, field, words().permits.form.notSaved) } });
    return false;
  }
}

/** Takes a permit out of use; for ten seconds there is a way back, and the list of the retired keeps one. */
export async function retirePermit(permit: PermitResource): Promise<void> {
  const t = words().permits.form;
  try {
    await del(`/permits/${encodeURIComponent(permit.id)}`);
    hearPermit({ ...permit, retired: true });
    useDesk.setState({ permit: null });
    note(t.retired(permit.id), { words: t.undo, run: () => void restorePermit(permit) });
  } catch (error) {
    const { permit: draft } = useDesk.getState();
    const fault = faultWords(error, t.notRetired);
    if (draft) useDesk.setState({ permit: { ...draft, fault } });
    else note(fault);
  }
}

/** An import is how a retired permit comes back. */
export async function restorePermit(permit: PermitResource): Promise<void> {
  const t = words().permits.form;
  const row: Partial<PermitResource> = { ...permit };
  for (const counted of ['retired', 'hauledM3', 'hauls', 'estimatedHauls'] as const) delete row[counted];
  try {
    await post('/permits/import', [row]);
    hearPermit({ ...permit, retired: false });
    useDesk.setState({ permit: null });
    note(t.restored(permit.id));
  } catch (error) {
    const { permit: draft } = useDesk.getState();
    const fault = faultWords(error, t.notRestored);
    if (draft) useDesk.setState({ permit: { ...draft, fault } });
    else note(fault);
  }
  void readPermits();
}

export async function retireRoute(route: MapRoute): Promise<void> {
  const t = words().permits;
  try {
    await del(`/routes/${encodeURIComponent(route.id)}`);
    await readRoutes();
    useDesk.setState({ route: null });
    note(t.route.retired(route.name), { words: t.form.undo, run: () => void restoreRoute(route) });
  } catch (error) {
    const { route: draft } = useDesk.getState();
    const fault = faultWords(error, t.form.notRetired);
    if (draft) useDesk.setState({ route: { ...draft, fault } });
    else note(fault);
  }
}

async function restoreRoute(route: MapRoute): Promise<void> {
  const t = words().permits;
  try {
    await post('/routes/import', { type: 'FeatureCollection', features: [route.feature] });
    await readRoutes();
    note(t.route.restored(route.name));
  } catch (error) {
    note(faultWords(error, t.form.notRestored));
  }
}

/** Faults at the fields they name; what names none of ours stands above the buttons. */
function saidOf(error: unknown, field: (path: string) => string | null, lead: string): { said: Said; fault: string | null } {
  if (!(error instanceof Refused) || error.faults.length === 0) return { said: {}, fault: faultWords(error, lead) };
  const said: Record<string, string> = {};
  const others: string[] = [];
  for (const { path, message } of error.faults) {
    const name = field(path);
    if (name === null) others.push(path === '' ? message : words().labelled(path, message));
    else said[name] = said[name] ? words().clauses([said[name], message]) : message;
  }
  return { said, fault: others.length > 0 ? [lead, ...others].join(' ') : null };
}

function faultWords(error: unknown, lead: string): string {
  return `${lead} ${wordsOf(error)}`;
}
