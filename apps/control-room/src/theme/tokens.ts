import type { PlaceKind, Severity } from '@muckwatch/contract';
import { ROOM_THEME } from './roomTheme.js';

/** The tokens of the night room. Canvas layers need them as values; `base.css` repeats them as variables. */
const DARK = {
  ground: '#0d1217',
  map: '#10171d',
  panel: '#141b22',
  raised: '#1a232c',
  /** Ground of a plate on the map. */
  label: '#1a232c',
  line: '#25313c',
  text: '#e7eef4',
  soft: '#a3b3c1',
  // The drawing's #6d7e8d is 4.1 : 1 on the panel; labels are held to 4.5.
  mute: '#778897',
  ok: '#3fb68b',
  roadMajor: '#2c3a46',
  roadMinor: '#202b35',
  water: '#14222e',
  green: '#13201d',
  built: '#131b21',
  mapName: '#647585',
  /** Trucks of which nothing is wrong: outline of the hollow ones, of the silent ones, and their shares of a count. */
  hollow: '#8fa3b5',
  silent: '#65737f',
  emptyShare: '#5f7284',
  unknownShare: '#48596a',
  silentShare: '#33424f',
  chartLine: '#1f2a33',
  route: '#8fb4ff',
  primary: '#3d86d6',
  /** Where alerts crowd: of no severity and of no place. */
  heat: '#e26bd6',
};

/** The same steps from white; `light.css` repeats them. */
const LIGHT: typeof DARK = {
  ground: '#f5f7f9',
  map: '#eef2f5',
  panel: '#ffffff',
  raised: '#eef2f5',
  label: '#ffffff',
  line: '#dfe5ea',
  text: '#16202a',
  soft: '#4c5b68',
  mute: '#5b6a77',
  ok: '#1a7350',
  roadMajor: '#c3ced8',
  roadMinor: '#d9e1e8',
  water: '#cfe3f2',
  green: '#dcebdc',
  built: '#e8edf1',
  mapName: '#6b7a88',
  hollow: '#5f7284',
  silent: '#93a1ad',
  emptyShare: '#8fa1b1',
  unknownShare: '#adbac5',
  silentShare: '#c9d2da',
  chartLine: '#e3e9ee',
  route: '#2f62c9',
  primary: '#1f66cf',
  heat: '#b02aa2',
};

const BY_DAY = ROOM_THEME === 'light';
export const COLOUR: Readonly<typeof DARK> = BY_DAY ? LIGHT : DARK;

export const SEVERITY_COLOUR: Record<Severity, string> = BY_DAY
  ? { critical: '#c4303a', serious: '#a86200', minor: '#1a62d6' }
  : { critical: '#ff5a5f', serious: '#ffb02e', minor: '#5aa9ff' };
/** One man in twelve does not see red: a shape goes with every colour. */
export const SEVERITY_SHAPE: Record<Severity, string> = { critical: '◆', serious: '▲', minor: '●' };
/** Worst first, as people read them. */
export const SEVERITIES_WORST_FIRST: readonly Severity[] = ['critical', 'serious', 'minor'];
export const SEVERITY_RANK: Record<Severity, number> = { minor: 1, serious: 2, critical: 3 };

export const PLACE_COLOUR: Record<PlaceKind, string> = BY_DAY
  ? { site: '#a8741a', yard: '#2c7d49', 'parking-lot': '#3f69a8', 'wash-bay': '#257a8c', 'no-go': '#b03a36', 'speed-zone': '#6c4fae' }
  : { site: '#d9a441', yard: '#57a773', 'parking-lot': '#6f93c9', 'wash-bay': '#5fa8b8', 'no-go': '#c75450', 'speed-zone': '#9a7fd1' };

/** Approved routes: a colour of no place and of no severity. */
export const ROUTE_COLOUR = COLOUR.route;

export const FONT = 'system-ui, "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
