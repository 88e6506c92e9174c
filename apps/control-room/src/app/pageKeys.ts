import { useEffect } from 'react';
import { useLanguage } from '../i18n/index.js';

/** What a key does on a page now; null: it is not the page's. */
export type ActOf = (event: KeyboardEvent) => (() => void) | null;

/** The keys of a page, while no dialogue is open. */
export function usePageKeys(actOf: ActOf): void {
  // What a key says may hold words.
  useLanguage((s) => s.language);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('.ant-modal-wrap')) return;
      const act = actOf(event);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}

/** In a field, letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio)$/.test((target as HTMLInputElement).type);
}

/** Esc closes an open list of choices first. */
export const isListOpen = (): boolean => document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden)') !== null;

/** How far an arrow moves what is chosen, in px; with Shift a single one. */
export function nudgeOf({ key, shiftKey }: KeyboardEvent): [x: number, y: number] | null {
  const arrow = ARROWS[key];
  const px = shiftKey ? 1 : NUDGE_PX;
  return arrow ? [arrow[0] * px, arrow[1] * px] : null;
}

const NUDGE_PX = 4;
const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
