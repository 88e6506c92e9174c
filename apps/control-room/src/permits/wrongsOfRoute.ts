import type { RouteDraft } from './desk.js';
import type { Words } from '../i18n/index.js';
import { geometryOf } from './routeEdit.js';

export type RouteWrongs = Partial<Record<'name' | 'widthM' | 'line', keyof Words['permits']['wrong']>>;

/** What of a route makes no sense yet. */
export function wrongsOfRoute({ name, widthM, edit }: Pick<RouteDraft, 'name' | 'widthM' | 'edit'>): RouteWrongs {
  const width = Number(widthM);
  return {
    ...(name.trim() === '' ? { name: 'name' as const } : {}),
    ...(widthM.trim() !== '' && width >= 1 && width <= 1_000 ? {} : { widthM: 'width' as const }),
    ...(geometryOf(edit.lines) === null ? { line: 'line' as const } : {}),
  };
}
