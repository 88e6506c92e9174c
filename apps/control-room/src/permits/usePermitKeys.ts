import { isListOpen, isTyping, nudgeOf, usePageKeys } from '../app/pageKeys.js';
import { mayNow } from '../auth/may.js';
import { words } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { changeRoute, closePermit, drawRoute, dropRoute, openPermit, useDesk } from './desk.js';
import { permitMap } from './PermitMapPane.js';
import { savePermit, saveRoute } from './saving.js';
import { redo, undo } from './routeEdit.js';

/** The keys of the permits page. In a field, letters are letters; Esc and Ctrl+Enter work everywhere. */
export function usePermitKeys(mayChange: boolean): void {
  const zone = useZone();
  usePageKeys((event) => actOf(event, mayChange, zone));
}

function actOf(event: KeyboardEvent, mayChange: boolean, zone: string): (() => void) | null {
  const { route, permit } = useDesk.getState();
  const typing = isTyping(event.target);
  const t = words().permits.form;
  if (event.key === 'Escape') {
    if (isListOpen()) return null;
    if (route) return () => dropRoute(t.unsavedRoute, t.resumeRoute);
    if (permit) return () => closePermit(t.unsaved, t.resume);
    return typing ? () => (event.target as HTMLElement).blur() : null;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && mayChange)
    return route ? () => void saveRoute(zone) : permit ? () => void savePermit(zone) : null;
  if (typing) return null;
  if (route) return mayChange ? routeKey(event) : null;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === '/') return () => document.querySelector<HTMLInputElement>('#permit-find')?.focus();
  if (event.key.toLowerCase() === 'n' && mayChange && !permit) {
    if (useDesk.getState().tab === 'permits') return () => openPermit(null, zone);
    return mayNow('make-routes') ? () => drawRoute(null, zone) : null;
  }
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !permit) return () => walk(event.key === 'ArrowDown' ? 1 : -1);
  return null;
}

function routeKey(event: KeyboardEvent): (() => void) | null {
  const { route } = useDesk.getState();
  if (!route) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z' && !event.shiftKey) return () => changeRoute({ edit: undo(route.edit), selected: null });
    if (key === 'y' || (key === 'z' && event.shiftKey)) return () => changeRoute({ edit: redo(route.edit), selected: null });
    return null;
  }
  if (key === 'p') return () => permitMap()?.hand.addOne();
  if (key === 'delete' || key === 'backspace') return () => permitMap()?.hand.removeOne();
  // Enter on a button presses that button.
  if (key === 'enter' && !(event.target instanceof HTMLElement && event.target.closest('button, a'))) return () => finishRoute();
  const nudge = nudgeOf(event);
  if (nudge && route.selected) return () => permitMap()?.hand.nudge(...nudge);
  return null;
}

/** No more points; what is still to be said of the route comes next. */
export function finishRoute(): void {
  changeRoute({ drawing: false, selected: null });
  const name = document.querySelector<HTMLInputElement>('#route-name');
  const save = document.querySelector<HTMLElement>('#route-save');
  if (name && name.value.trim() === '') name.focus();
  else save?.focus();
}

/** From row to row with the arrows. */
function walk(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.permit-row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
