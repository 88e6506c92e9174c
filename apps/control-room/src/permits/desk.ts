import type { PointRef } from '../map/lineHit.js';
import type { LonLat } from '../map/projection.js';
import type { PermitResource } from '@muckwatch/contract';
import { create } from 'zustand';
import { chooseRoute } from '../app/focus.js';
import type { MapRoute } from '../map/routes.js';
import { linesOf, USUAL_WIDTH_M } from '../map/routes.js';
import { emptyForm, formOf, type PermitForm, type ValidityForm, validityForm } from './permitForm.js';
import type { Period } from './permitNow.js';
import { beginEdit, changed, type RouteEdit } from './routeEdit.js';

/** What the server had against a field, by its name. */
export type Said = Readonly<Record<string, string>>;

/** A permit in the drawer. */
export interface PermitDraft {
  /** Null: a new one. */
  permit: PermitResource | null;
  form: PermitForm;
  /** As it was opened, to know whether anything was changed. */
  opened: PermitForm;
  /** Somebody tried to save: from then on what is missing is said too. */
  tried: boolean;
  said: Said;
  fault: string | null;
  saving: boolean;
}

/** What is said of a route beside its line: what is typed is kept as typed. */
export interface RouteForm extends ValidityForm {
  name: string;
  widthM: string;
}

/** A route under the hand. */
export interface RouteDraft {
  /** Null: a new one. */
  route: MapRoute | null;
  form: RouteForm;
  /** As it was opened. */
  opened: RouteForm;
  edit: RouteEdit;
  /** Clicks add points. */
  drawing: boolean;
  selected: PointRef | null;
  tried: boolean;
  said: Said;
  fault: string | null;
  saving: boolean;
}

export type Tab = 'permits' | 'routes';

interface Note {
  words: string;
  act?: { words: string; run: () => void };
  /** Ms since the page was opened. */
  until: number;
}

interface PermitDesk {
  tab: Tab;
  search: string;
  /** Null: all of them. */
  period: Period | null;
  permit: PermitDraft | null;
  /** While there is one, it is what the page is about; the permit that asked for it waits below. */
  route: RouteDraft | null;
  /** A row under the pointer or the keyboard: the map shows it. */
  hoveredId: string | null;
  importing: boolean;
  note: Note | null;
}

const NOTHING: PermitDesk = { tab: 'permits', search: '', period: null, permit: null, route: null, hoveredId: null, importing: false, note: null };

/** What the permits page is about at the moment. */
export const useDesk = create<PermitDesk>(() => NOTHING);

/** As long as a step can be taken back. */
const NOTE_MS = 10_000;
const WORD_MS = 4_000;

export function note(words: string, act?: Note['act']): void {
  useDesk.setState({ note: { words, act, until: performance.now() + (act ? NOTE_MS : WORD_MS) } });
}

const untried = { tried: false, said: {}, fault: null, saving: false };

export function openPermit(permit: PermitResource | null, zone: string): void {
  const form = permit === null ? emptyForm() : formOf(permit, zone);
  chooseRoute(null);
  useDesk.setState({ permit: { permit, form, opened: form, ...untried }, note: null });
}

export function changePermit(change: Partial<PermitForm>): void {
  const { permit } = useDesk.getState();
  if (!permit) return;
  const said = Object.fromEntries(Object.entries(permit.said).filter(([field]) => !answers(change, field)));
  useDesk.setState({ permit: { ...permit, form: { ...permit.form, ...change }, said, fault: null } });
}

export const isChanged = ({ form, opened }: PermitDraft): boolean => JSON.stringify(form) !== JSON.stringify(opened);

/** A permit or a route under the hand that differs from what is stored. */
export const isUnsaved = ({ permit, route }: Pick<PermitDesk, 'permit' | 'route'>): boolean =>
  (permit !== null && isChanged(permit)) || (route !== null && isRouteChanged(route));

const isRouteChanged = ({ edit, form, opened }: RouteDraft): boolean => changed(edit) || JSON.stringify(form) !== JSON.stringify(opened);

/** Unsaved work is not thrown away at a key: for ten seconds there is a way back to it. */
export function closePermit(words: string, resume: string): void {
  const { permit } = useDesk.getState();
  useDesk.setState({ permit: null });
  if (permit && isChanged(permit)) note(words, { words: resume, run: () => useDesk.setState({ permit, note: null }) });
}

export function drawRoute(route: MapRoute | null, zone: string, name = ''): void {
  const lines = route === null ? [] : linesOf(route.feature).map((line) => line.map(([lon, lat]): LonLat => [lon!, lat!]));
  const form = { name: route?.name ?? name, widthM: String(route?.widthM ?? USUAL_WIDTH_M), ...validityForm(route?.feature.properties ?? {}, zone) };
  useDesk.setState({
    route: { route, form, opened: form, edit: beginEdit(lines), drawing: route === null, selected: null, ...untried },
    note: null,
  });
}

export function changeRoute(change: Partial<Pick<RouteDraft, 'edit' | 'drawing' | 'selected'>>): void {
  const { route } = useDesk.getState();
  if (route) useDesk.setState({ route: { ...route, said: {}, fault: null, ...change } });
}

export function changeRouteForm(change: Partial<RouteForm>): void {
  const { route } = useDesk.getState();
  if (route) useDesk.setState({ route: { ...route, said: {}, fault: null, form: { ...route.form, ...change } } });
}

export function dropRoute(words: string, resume: string): void {
  const { route } = useDesk.getState();
  useDesk.setState({ route: null });
  if (route && isRouteChanged(route)) note(words, { words: resume, run: () => useDesk.setState({ route, note: null }) });
}

/** What the server said of a field is not held against it once it was changed. */
function answers(change: Partial<PermitForm>, field: string): boolean {
  if (field.startsWith('hours')) return 'windows' in change || 'always' in change;
  if (field === 'validFrom' || field === 'validTo') return 'fromDate' in change || 'fromClock' in change || 'toDate' in change || 'toClock' in change;
  return field in change;
}
