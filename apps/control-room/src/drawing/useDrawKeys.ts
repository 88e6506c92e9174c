import { isListOpen, isTyping, nudgeOf, usePageKeys } from '../app/pageKeys.js';
import { words } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { drawingMap } from './DrawingMapPane.js';
import { changeShape, closePlace, openPlace, tryShape, useDrawing } from './drawingStore.js';
import { savePlace } from './placeSaving.js';
import { closeRing, dropOpen, redo, undo } from './shapeEdit.js';

/** The keys of the page of places. In a field, letters are letters; Esc and Ctrl+Enter work everywhere. */
export function useDrawKeys(mayChange: boolean): void {
  const zone = useZone();
  usePageKeys((event) => actOf(event, mayChange, zone));
}

function actOf(event: KeyboardEvent, mayChange: boolean, zone: string): (() => void) | null {
  const { draft } = useDrawing.getState();
  const typing = isTyping(event.target);
  if (event.key === 'Escape') {
    if (isListOpen()) return null;
    if (!draft) return typing ? () => (event.target as HTMLElement).blur() : null;
    // A ring that was begun is given up before the place is.
    if (draft.edit.open && draft.edit.shape.length > 0) return () => changeShape(dropOpen(draft.edit));
    return () => closePlace(words().drawing.unsaved, words().permits.form.resume);
  }
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && mayChange && draft) return () => void savePlace(zone);
  if (typing) return null;
  if (draft) return mayChange ? shapeKey(event) : null;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === '/') return () => document.querySelector<HTMLInputElement>('#place-find')?.focus();
  if (event.key.toLowerCase() === 'n' && mayChange) return () => openPlace(null, zone);
  return null;
}

function shapeKey(event: KeyboardEvent): (() => void) | null {
  const { draft } = useDrawing.getState();
  if (!draft) return null;
  const { edit, selected } = draft;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z' && !event.shiftKey) return () => changeShape(undo(edit));
    if (key === 'y' || (key === 'z' && event.shiftKey)) return () => changeShape(redo(edit));
    return null;
  }
  if (key === 'p') return () => drawingMap()?.hand.addOne();
  if (key === 'delete' || key === 'backspace') return () => drawingMap()?.hand.removeOne();
  // Enter on a button presses that button.
  if (key === 'enter' && edit.open && !(event.target instanceof HTMLElement && event.target.closest('button, a'))) return () => void tryShape(closeRing(edit));
  const nudge = nudgeOf(event);
  if (nudge && selected) return () => drawingMap()?.hand.nudge(...nudge);
  return null;
}
