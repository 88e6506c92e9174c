import { useEffect } from 'react';
import { useLanguage, words } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { drawingMap } from './DrawingMapPane.js';
import { changeShape, closePlace, openPlace, tryShape, useDrawing } from './drawingStore.js';
import { savePlace } from './placeSaving.js';
import { closeRing, dropOpen, redo, undo } from './shapeEdit.js';

const NUDGE_PX = 4;
const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The keys of the page of places. In a field, letters are letters; Esc and Ctrl+Enter work everywhere. */
export function useDrawKeys(mayChange: boolean): void {
  const zone = useZone();
  const language = useLanguage((s) => s.language);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('.ant-modal-wrap')) return;
      const act = actOf(event, mayChange, zone);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [mayChange, zone, language]);
}

function actOf(event: KeyboardEvent, mayChange: boolean, zone: string): (() => void) | null {
  const { draft } = useDrawing.getState();
  const typing = isTyping(event.target);
  if (event.key === 'Escape') {
    // An open list of choices is closed first.
    if (document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')) return null;
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
  if (key === 'delete' || key === 'backspace') return () => drawingMap()?.hand.removeOne();
  // Enter on a button presses that button.
  if (key === 'enter' && edit.open && !(event.target instanceof HTMLElement && event.target.closest('button, a'))) return () => void tryShape(closeRing(edit));
  const arrow = ARROWS[event.key];
  if (arrow && selected) return () => drawingMap()?.hand.nudge(arrow[0] * (event.shiftKey ? 1 : NUDGE_PX), arrow[1] * (event.shiftKey ? 1 : NUDGE_PX));
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio)$/.test((target as HTMLInputElement).type);
}
