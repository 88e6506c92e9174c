import type { PermitBody, PermitResource } from '@muckwatch/contract';
import { addDays, clockTyped, dateTyped, instantOf, wallOf } from '../app/cityClock.js';
import { ALL_DAYS, type HoursWindow } from './hours.js';

/** A permit as it stands in the form: what is typed is kept as typed. */
export interface PermitForm {
  id: string;
  companyId: string | null;
  siteId: string | null;
  yardIds: string[];
  truckIds: string[];
  routeIds: string[];
  always: boolean;
  windows: WindowForm[];
  fromDate: string;
  fromClock: string;
  toDate: string;
  /** `24:00`: with the end of the day. */
  toClock: string;
  volumeM3: string;
}

export type ValidityForm = Pick<PermitForm, 'fromDate' | 'fromClock' | 'toDate' | 'toClock'>;

export interface WindowForm {
  days: number[];
  from: string;
  to: string;
}

export type WrongCode = 'company' | 'site' | 'yards' | 'id' | 'windows' | 'clock' | 'noLength' | 'days' | 'date' | 'order' | 'volume' | 'overNow' | 'lost';
/** By the field's name as the server says it: `hours.1.to` is the second window's end. */
export type Wrongs = Partial<Record<string, WrongCode>>;

/** The night in which muck is hauled in most cities: a beginning to change, not a rule. */
export const USUAL_WINDOW: WindowForm = { days: ALL_DAYS, from: '21:00', to: '05:00' };

export const emptyForm = (): PermitForm => ({
  id: '',
  companyId: null,
  siteId: null,
  yardIds: [],
  truckIds: [],
  routeIds: [],
  always: false,
  windows: [USUAL_WINDOW],
  fromDate: '',
  fromClock: '00:00',
  toDate: '',
  toClock: '24:00',
  volumeM3: '',
});

export function formOf(permit: PermitResource, zone: string): PermitForm {
  return {
    id: permit.id,
    companyId: permit.companyId,
    siteId: permit.siteId,
    yardIds: permit.yardIds,
    truckIds: permit.truckIds,
    routeIds: permit.routeIds,
    always: permit.hours === null,
    windows: (permit.hours ?? [USUAL_WINDOW]).map(windowForm),
    ...validityForm(permit, zone),
    volumeM3: permit.volumeM3 === null ? '' : String(permit.volumeM3),
  };
}

/** From when to when a permit, a place or a route is good, as it stands in a form. */
export function validityForm({ validFrom, validTo }: { validFrom?: string | null; validTo?: string | null }, zone: string): ValidityForm {
  const from = validFrom ? wallOf(Date.parse(validFrom), zone) : null;
  const to = validTo ? lastDayOf(Date.parse(validTo), zone) : null;
  return { fromDate: from?.date ?? '', fromClock: from?.clock ?? '00:00', toDate: to?.date ?? '', toClock: to?.clock ?? '24:00' };
}

/** As it is sent. */
export const validityOf = ({ fromDate, fromClock, toDate, toClock }: ValidityForm, zone: string) => ({
  validFrom: isoOf(fromDate, fromClock, zone),
  validTo: isoOf(toDate, toClock, zone),
});

/** Midnight is shown as the end of the day before, as it was meant: «good with the 31st». */
export function lastDayOf(at: number, zone: string): { date: string; clock: string } {
  const wall = wallOf(at, zone);
  return wall.clock === '00:00' ? { date: addDays(wall.date, -1), clock: '24:00' } : wall;
}

export function bodyOf(form: PermitForm, zone: string): PermitBody {
  return {
    ...(form.id.trim() === '' ? {} : { id: form.id.trim() }),
    companyId: form.companyId ?? '',
    siteId: form.siteId ?? '',
    yardIds: form.yardIds,
    truckIds: form.truckIds,
    routeIds: form.routeIds,
    hours: form.always ? null : form.windows.flatMap(windowsOf),
    ...validityOf(form, zone),
    volumeM3: form.volumeM3.trim() === '' ? null : Number(form.volumeM3),
  };
}

/** What of the form cannot be so. `now`: only a new permit is asked whether it would be over at once. */
export function wrongsIn(form: PermitForm, zone: string, now: number | null): Wrongs {
  const wrongs: Wrongs = {};
  if (form.id.trim() !== '' && !/^[A-Za-z0-9_-]{1,64}$/.test(form.id.trim())) wrongs.id = 'id';
  if (form.companyId === null) wrongs.companyId = 'company';
  if (form.siteId === null) wrongs.siteId = 'site';
  if (form.yardIds.length === 0) wrongs.yardIds = 'yards';
  if (!form.always) Object.assign(wrongs, wrongWindows(form.windows));
  Object.assign(wrongs, wrongValidity(form, zone, now));
  if (form.volumeM3.trim() !== '' && !(Number(form.volumeM3) > 0 && Number(form.volumeM3) <= 1e9)) wrongs.volumeM3 = 'volume';
  return wrongs;
}

/** What is merely not filled in yet is held against nobody before the first try to save. */
export function withoutMissing(wrongs: Wrongs): Wrongs {
  const missing: WrongCode[] = ['company', 'site', 'yards', 'windows'];
  return Object.fromEntries(Object.entries(wrongs).filter(([, code]) => code && !missing.includes(code)));
}

/** The field that a path of the server belongs to; `hours.0.from` stays, what nothing shows is null. */
export function fieldOf(path: string): string | null {
  const [field = '', index, part] = path.split('.');
  if (field === 'hours' && index !== undefined) return part === 'from' || part === 'to' || part === 'days' ? `hours.${index}.${part}` : `hours.${index}.from`;
  return SHOWN.has(field) ? field : null;
}

const SHOWN = new Set(['id', 'companyId', 'siteId', 'yardIds', 'truckIds', 'routeIds', 'hours', 'validFrom', 'validTo', 'volumeM3']);

/** As the wire wants a window: an end at midnight is `00:00`, every day is no days; a whole day is two halves, since a window needs a length. */
export function windowsOf({ days, from, to }: WindowForm): HoursWindow[] {
  const begin = clockTyped(from) ?? from;
  const end = clockTyped(to) === '24:00' ? '00:00' : (clockTyped(to) ?? to);
  const on = days.length === 7 ? {} : { days: [...days].sort((a, b) => a - b) };
  if (begin === end)
    return [
      { ...on, from: begin, to: '12:00' },
      { ...on, from: '12:00', to: end },
    ];
  return [{ ...on, from: begin, to: end }];
}

export function windowForm({ days, from, to }: HoursWindow): WindowForm {
  return { days: days ?? ALL_DAYS, from, to: to === '00:00' ? '24:00' : to };
}

export function wrongWindows(windows: readonly WindowForm[], field = 'hours'): Wrongs {
  const wrongs: Wrongs = windows.length === 0 ? { [field]: 'windows' } : {};
  windows.forEach(({ days, from, to }, i) => {
    const [begin, end] = [clockTyped(from), clockTyped(to)];
    if (days.length === 0) wrongs[`${field}.${i}.days`] = 'days';
    if (begin === null || begin === '24:00') wrongs[`${field}.${i}.from`] = 'clock';
    if (end === null) wrongs[`${field}.${i}.to`] = 'clock';
    else if (begin === end) wrongs[`${field}.${i}.to`] = 'noLength';
  });
  return wrongs;
}

export function wrongValidity({ fromDate, fromClock, toDate, toClock }: ValidityForm, zone: string, now: number | null): Wrongs {
  const wrongs: Wrongs = {};
  const from = timeOf(fromDate, fromClock, zone);
  const to = timeOf(toDate, toClock, zone);
  if (fromDate !== '' && from === null) wrongs.validFrom = dateTyped(fromDate) === null ? 'date' : 'clock';
  if (toDate !== '' && to === null) wrongs.validTo = dateTyped(toDate) === null ? 'date' : 'clock';
  if (to === null || wrongs.validTo) return wrongs;
  if (from !== null && to <= from) wrongs.validTo = 'order';
  else if (now !== null && to <= now) wrongs.validTo = 'overNow';
  return wrongs;
}

function timeOf(date: string, clock: string, zone: string): number | null {
  const day = dateTyped(date);
  const time = clockTyped(clock);
  return day === null || time === null ? null : instantOf({ date: day, clock: time }, zone);
}

function isoOf(date: string, clock: string, zone: string): string | null {
  const at = timeOf(date, clock, zone);
  return at === null ? null : new Date(at).toISOString();
}
