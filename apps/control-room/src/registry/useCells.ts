import { useMemo } from 'react';
import { plateWords } from '../app/plate.js';
import { useWords, type Words } from '../i18n/index.js';
import { useMap } from '../map/mapStore.js';
import { namedDistricts, useDistricts } from '../people/districtStore.js';
import { useRegistry } from '../trucks/registry.js';
import type { FieldAs, FieldDef } from './kinds.js';
import type { CellOf } from './things.js';

/** Names of what fields refer to. */
export interface Names {
  company: ReadonlyMap<string, string>;
  truck: ReadonlyMap<string, string>;
  place: ReadonlyMap<string, string>;
  district: ReadonlyMap<string, string>;
}
export type Referred = keyof Names;

export function useNames(): Names {
  const { trucks, companies } = useRegistry();
  const places = useMap((s) => s.places);
  const districts = useDistricts((s) => s.districts);
  return useMemo(
    () => ({
      company: new Map([...companies.values()].map(({ id, name }) => [id, name])),
      truck: new Map([...trucks.values()].map(({ id, plate }) => [id, plateWords(plate)])),
      place: new Map(places.map(({ id, name }) => [id, name])),
      district: new Map(namedDistricts(districts).map(({ id, name }) => [id, name])),
    }),
    [trucks, companies, places, districts],
  );
}

const isReferred = (as: FieldAs): as is Referred => as === 'company' || as === 'truck' || as === 'place' || as === 'district';

/** A value as people read it; '' where nothing is said. */
export function cellWords({ field, as, unit }: FieldDef, value: unknown, names: Names, t: Words): string {
  if (value === null || value === undefined || value === '') return '';
  const text =
    typeof value === 'string' ? value : typeof value === 'number' ? value.toLocaleString(t.code, { maximumFractionDigits: 6 }) : JSON.stringify(value);
  if (isReferred(as)) return names[as].get(text) ?? text;
  if (as === 'camera-kind') return t.people.devices.kinds[value as 'gate' | 'frigate'] ?? text;
  if (field === 'plate') return plateWords(text);
  return unit === undefined ? text : `${text}${unit === '°' ? '' : ' '}${unit}`;
}

export function useCells(): CellOf {
  const t = useWords();
  const names = useNames();
  return useMemo(() => (def, value) => cellWords(def, value, names, t), [names, t]);
}
