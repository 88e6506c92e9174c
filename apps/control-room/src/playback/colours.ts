import { COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';
import type { Held } from './held.js';

/** One a truck, apart from each other and from the colours of severities. */
export const TRUCK_COLOURS = ['#4fd1c5', '#c6a0ff', '#b8d96a', '#ff9ecb', '#7fb2d9', '#e5c07b', '#8fe3a1', '#d3a17e'] as const;
export const HELD_COLOUR: Record<Held, string> = {
  unknown: '#65737f',
  empty: '#7f95a8',
  loaded: COLOUR.text,
  uncovered: '#ff8fd0',
  ...SEVERITY_COLOUR,
};
export const LATE_COLOUR = '#c9a7ff';
export const colourOf = (trucks: readonly string[], id: string): string => TRUCK_COLOURS[Math.max(0, trucks.indexOf(id)) % TRUCK_COLOURS.length]!;
