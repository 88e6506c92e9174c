import { useEffect } from 'react';
import { SPEEDS } from './address.js';
import { clock, useClock } from './clock.js';
import { jump } from './jump.js';
import { usePlay } from './playStore.js';

const STEP_MS = 10_000;

/** The keys of the page. While somebody types, letters are letters, and a button is pressed by the space bar. */
export function usePlayKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || usePlay.getState().shown === null || isTaken(event)) return;
      const act = actOf(event);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function actOf({ key, shiftKey }: KeyboardEvent): (() => void) | null {
  switch (key) {
    case ' ':
      return () => clock.toggle();
    case 'ArrowLeft':
      return () => (shiftKey ? jump('alert', -1) : clock.step(-STEP_MS));
    case 'ArrowRight':
      return () => (shiftKey ? jump('alert', 1) : clock.step(STEP_MS));
    case 'n':
    case 'p':
      return () => jump('alert', key === 'n' ? 1 : -1);
    case '[':
    case ']':
      return () => jump('stop', key === ']' ? 1 : -1);
    case 'Home':
      return () => clock.seek(-Infinity);
    case 'End':
      return () => clock.seek(Infinity);
    case '1':
    case '2':
    case '3':
    case '4':
      return () => useClock.setState({ speed: SPEEDS[Number(key) - 1]! });
    default:
      return null;
  }
}

function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return key === ' ' && target.closest('button') !== null;
}
