import type { Deed } from '../auth/may.js';

export const KINDS = ['companies', 'trucks', 'drivers', 'terminals', 'cameras'] as const;
export type Kind = (typeof KINDS)[number];
/** Permits are of the registry too, and have a page of their own. */
export const REGISTRY_PARTS = [...KINDS, 'permits'] as const;
export const isKind = (part: string): part is Kind => (KINDS as readonly string[]).includes(part);

/** Any of them, by the names of its fields. */
export type Thing = Record<string, unknown> & { id: string; retired: boolean };

/** What a field holds: text, a number, one of the words for a camera's kind, or another thing by its id. */
export type FieldAs = 'text' | 'number' | 'camera-kind' | 'company' | 'truck' | 'place' | 'district';
export type FieldName =
  | 'name'
  | 'creditCode'
  | 'phone'
  | 'districtId'
  | 'plate'
  | 'companyId'
  | 'boxM3'
  | 'ratedLoadKg'
  | 'colour'
  | 'licence'
  | 'truckId'
  | 'placeId'
  | 'kind'
  | 'frigateName'
  | 'lon'
  | 'lat';

export interface FieldDef {
  field: FieldName;
  as: FieldAs;
  needed?: true;
  /** Longest text. */
  most?: number;
  /** Of a number, in its unit. */
  within?: readonly [least: number, most: number];
  unit?: 'm³' | 'kg' | '°';
  /** Stands in the panel alone, not in the table. */
  panelOnly?: true;
}

export interface KindDef {
  /** What names it in a row; null: its id does. */
  title: FieldName | null;
  fields: readonly FieldDef[];
  keeps: Deed;
  /** A row as the template of an import shows it. */
  sample: Partial<Record<FieldName | 'id', string>>;
}

/** The same fields and bounds as the server's schemas: those who enter something wrong learn it before they send. */
export const KIND: Record<Kind, KindDef> = {
  companies: {
    title: 'name',
    keeps: 'administer',
    fields: [
      { field: 'name', as: 'text', needed: true, most: 120 },
      { field: 'creditCode', as: 'text', most: 40 },
      { field: 'phone', as: 'text', most: 40 },
      { field: 'districtId', as: 'district' },
    ],
    sample: { id: 'company-1', name: '甬江运输', creditCode: '91330200MA0000000X', phone: '0574-00000000' },
  },
  trucks: {
    title: 'plate',
    keeps: 'administer',
    fields: [
      { field: 'plate', as: 'text', needed: true, most: 16 },
      { field: 'companyId', as: 'company', needed: true },
      { field: 'boxM3', as: 'number', within: [1, 100], unit: 'm³' },
      { field: 'ratedLoadKg', as: 'number', within: [500, 150_000], unit: 'kg' },
      { field: 'colour', as: 'text', most: 40 },
    ],
    sample: { id: 'truck-1', plate: '浙B12345', companyId: 'company-1', boxM3: '19.5', ratedLoadKg: '15000' },
  },
  drivers: {
    title: 'name',
    keeps: 'keep-drivers',
    fields: [
      { field: 'name', as: 'text', needed: true, most: 80 },
      { field: 'companyId', as: 'company', needed: true },
      { field: 'phone', as: 'text', most: 40 },
      { field: 'licence', as: 'text', most: 40 },
    ],
    sample: { id: 'driver-1', name: '王师傅', companyId: 'company-1', phone: '13000000000', licence: 'A2' },
  },
  terminals: {
    title: null,
    keeps: 'administer',
    fields: [{ field: 'truckId', as: 'truck', needed: true }],
    sample: { id: 'terminal-1', truckId: 'truck-1' },
  },
  cameras: {
    title: 'name',
    keeps: 'administer',
    fields: [
      { field: 'name', as: 'text', needed: true, most: 120 },
      { field: 'placeId', as: 'place', needed: true },
      { field: 'kind', as: 'camera-kind' },
      { field: 'frigateName', as: 'text', most: 120, panelOnly: true },
      { field: 'lon', as: 'number', within: [-180, 180], unit: '°', panelOnly: true },
      { field: 'lat', as: 'number', within: [-90, 90], unit: '°', panelOnly: true },
    ],
    sample: { id: 'camera-1', name: '东门', placeId: 'site-1', kind: 'gate' },
  },
};

/** With the header as the server reads it, and one row that shows how each cell is written. */
export function templateOf(kind: Kind): string {
  const columns = ['id', ...KIND[kind].fields.map(({ field }) => field)] as const;
  return [columns.join(','), columns.map((column) => KIND[kind].sample[column as FieldName] ?? '').join(','), ''].join('\r\n');
}
