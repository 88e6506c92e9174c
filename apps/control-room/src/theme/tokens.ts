import type { PlaceKind, Severity } from '@muckwatch/contract';

/** The tokens of the night room. Canvas layers need them as values; `base.css` repeats them as variables. */
export const COLOUR = {
  ground: '#0d1217',
  map: '#10171d',
  panel: '#141b22',
  raised: '#1a232c',
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
} as const;

export const SEVERITY_COLOUR: Record<Severity, string> = { critical: '#ff5a5f', serious: '#ffb02e', minor: '#5aa9ff' };
/** One man in twelve does not see red: a shape goes with every colour. */
export const SEVERITY_SHAPE: Record<Severity, string> = { critical: '◆', serious: '▲', minor: '●' };
/** Worst first, as people read them. */
export const SEVERITIES_WORST_FIRST: readonly Severity[] = ['critical', 'serious', 'minor'];
export const SEVERITY_RANK: Record<Severity, number> = { minor: 1, serious: 2, critical: 3 };

export const PLACE_COLOUR: Record<PlaceKind, string> = {
  site: '#d9a441',
  yard: '#57a773',
  'parking-lot': '#6f93c9',
  'wash-bay': '#5fa8b8',
  'no-go': '#c75450',
  'speed-zone': '#9a7fd1',
};

/** Approved routes: a colour of no place and of no severity. */
export const ROUTE_COLOUR = '#8fb4ff';

export const FONT = 'system-ui, "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
