import { remember, remembered } from '../app/remember.js';
import type { Theme } from './theme.js';

/** What the control room wears: dark, unless somebody here works by day. Canvas layers take their colours from it when they are loaded. */
export const ROOM_THEME: Theme = remembered('room-theme') === 'light' ? 'light' : 'dark';

/** Everything is drawn anew: the address and the server hold what is on the screen. */
export function changeRoomTheme(): void {
  remember('room-theme', ROOM_THEME === 'light' ? 'dark' : 'light');
  location.reload();
}
