import type { RouteDraft } from './desk.js';
import type { Words } from '../i18n/index.js';
import { wrongValidity } from './permitForm.js';
import { geometryOf } from './routeEdit.js';

export type RouteWrongs = Partial<Record<'name' | 'widthM' | 'line' | 'validFrom' | 'validTo', keyof Words['permits']['wrong']>>;

/** What of a route makes no sense yet. */
export function wrongsOfRoute({ form, edit }: Pick<RouteDraft, 'form' | 'edit'>, zone: string): RouteWrongs {
  const { name, widthM } = form;
  const width = Number(widthM);
  return {
    ...(name.trim() === '' ? { name: 'name' as const } : {}),
    ...(widthM.trim() !== '' && width >= 1 && width <= 1_000 ? {} : { widthM: 'width' as const }),
    ...wrongValidity(form, zone, null),
    ...(geometryOf(edit.lines) === null ? { line: 'line' as const } : {}),
  };
}
