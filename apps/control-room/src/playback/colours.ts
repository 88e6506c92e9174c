import { ROOM_THEME } from '../theme/roomTheme.js';
import type { Theme } from '../theme/theme.js';
import { COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';
import type { Held } from './held.js';

/** One a truck, apart from each other and from the colours of severities; plates are written in them, so that each is read on its ground. */
export const TRUCK_PALETTES = {
  dark: ['#4fd1c5', '#c6a0ff', '#b8d96a', '#ff9ecb', '#7fb2d9', '#e5c07b', '#8fe3a1', '#d3a17e'],
  light: ['#0f766e', '#7c3aed', '#4d7c0f', '#be185d', '#1f6391', '#8a6100', '#15803d', '#8a4b1f'],
} as const satisfies Record<Theme, readonly string[]>;
export const TRUCK_COLOURS = TRUCK_PALETTES[ROOM_THEME];
const BY_DAY = ROOM_THEME === 'light';
export const HELD_COLOUR: Record<Held, string> = {
  unknown: '#65737f',
  empty: '#7f95a8',
  loaded: COLOUR.text,
  uncovered: BY_DAY ? '#c2258b' : '#ff8fd0',
  ...SEVERITY_COLOUR,
};
export const LATE_COLOUR = BY_DAY ? '#6d4bb0' : '#c9a7ff';
export const colourOf = (trucks: readonly string[], id: string): string => TRUCK_COLOURS[Math.max(0, trucks.indexOf(id)) % TRUCK_COLOURS.length]!;
