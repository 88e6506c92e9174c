import type { UtcOffset } from '@muckwatch/domain';
import { circle } from '@turf/turf';
import { cited, type Fault, quoted } from '../refusal.js';
import { json, moment, withNumbers } from './csv.js';

/** A point with a radius becomes a polygon of so many corners: within 0.1 % of the circle. */
const CORNERS = 64;
const RADIUS_M = { least: 1, most: 20_000 };
const OWN = ['lon', 'lat', 'radiusM'];
const NUMBERS = [...OWN, 'limitKmh', 'capacityM3'];

/**
 * A CSV row `id,kind,name,lon,lat,radiusM` and other properties as a feature. `hours` and `curfew` are JSON, `managerIds` is parted by `;`.
 * A day alone (`2026-08-18`) counts in the city's time: as `validFrom` from its beginning, as `validTo` to its end. Other columns are kept as they are.
 */
export function placeRow(
  cells: Record<string, string | null>,
  given: { kind?: string; radiusM?: number },
  utcOffset: UtcOffset,
): { raw: unknown; faults: Fault[] } {
  const row = withNumbers(cells, NUMBERS);
  const faults: Fault[] = [];
  const properties: Record<string, unknown> = Object.fromEntries(Object.entries(row).filter(([field]) => !OWN.includes(field)));
  if (given.kind !== undefined) properties.kind ??= given.kind;
  for (const field of ['hours', 'curfew']) if (typeof properties[field] === 'string') properties[field] = json(properties[field]);
  if (typeof properties.managerIds === 'string') properties.managerIds = properties.managerIds.split(';').map((id) => id.trim());
  if (typeof properties.validFrom === 'string') properties.validFrom = moment(properties.validFrom, utcOffset, 0);
  if (typeof properties.validTo === 'string') properties.validTo = moment(properties.validTo, utcOffset, 1);

  const { lon = null, lat = null } = row;
  if (lon === null && lat === null && !('lon' in row)) return { raw: { type: 'Feature', properties }, faults };
  const radiusM = row.radiusM ?? given.radiusM ?? null;
  const within = (field: string, value: unknown, least: number, most: number): value is number => {
    if (typeof value === 'number' && value >= least && value <= most) return true;
    faults.push({
      path: field,
      message: { en: `must be a number, ${least}…${most}, not ${quoted(value)}`, zh: `必须是 ${least}～${most} 的数字，而不是${cited(value)}` },
    });
    return false;
  };
  const usable = [within('lon', lon, -180, 180), within('lat', lat, -85, 85), within('radiusM', radiusM, RADIUS_M.least, RADIUS_M.most)];
  if (usable.includes(false)) return { raw: undefined, faults };
  const { geometry } = circle([lon as number, lat as number], radiusM as number, { steps: CORNERS, units: 'meters' });
  return { raw: { type: 'Feature', geometry, properties }, faults };
}
