import type { Entity } from '../fleet/entity.js';
import type { Resource } from '../fleet/resource.js';
import type { Column } from './table.js';

/** The columns that an import reads, under the names by which it reads them: what was exported and edited goes back as it is. No secrets. */
export function registryColumns(resource: Resource): Column<Entity>[] {
  return ['id', ...Object.keys(resource.fields)].map((field) => ({ zh: field, en: field, of: (entity) => cellOf(entity[field]) }));
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  // A list of ids is parted as an import parts it; whatever else is no plain value is JSON.
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(';') : JSON.stringify(value);
}
