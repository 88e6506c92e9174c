import { type Alert, SERIES_MOST, type Severity, type TrackPoint } from '@muckwatch/contract';
import { SEVERITY_RANK } from '../theme/tokens.js';
import { unbroken } from '../trucks/unbroken.js';

export interface Stretch {
  /** What held here: the worst severity of the incident's alerts at that time, or before and after all of them; unheard: of this way the truck said nothing that can be believed. */
  held: Severity | 'before' | 'after' | 'unheard';
  points: { lat: number; lon: number }[];
}

/** The whole track of an incident. Over a silence or a jump nobody knows the way, nor what held on it: there is nothing but the next thing heard. */
export function incidentTrack(series: readonly TrackPoint[], alerts: readonly Episode[]): Stretch[] {
  if (series.length >= SERIES_MOST) return stretchesOf(series, alerts);
  const pieces = unbroken(series.filter((point) => point.doubt === null));
  return pieces.flatMap((piece, i) => {
    const before = pieces[i - 1]?.at(-1);
    return [...(before ? [{ held: 'unheard' as const, points: [before, piece[0]!] }] : []), ...stretchesOf(piece, alerts)];
  });
}

type Episode = Pick<Alert, 'began' | 'ended' | 'severity'>;

/**
 * The track cut where what held changes. Neighbouring stretches share their point, so that the line is whole. Doubted fixes are left out:
 * a jump of the receiver is not where the truck drove.
 */
export function stretchesOf(series: readonly TrackPoint[], alerts: readonly Episode[]): Stretch[] {
  const episodes = alerts.map((alert) => ({
    from: Date.parse(alert.began),
    to: alert.ended === null ? Infinity : Date.parse(alert.ended),
    severity: alert.severity,
  }));
  const first = Math.min(...episodes.map((episode) => episode.from));
  const held = (at: number): Stretch['held'] => {
    const now = episodes.filter((episode) => at >= episode.from && at < episode.to).sort((a, b) => SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity]);
    return now[0]?.severity ?? (at < first ? 'before' : 'after');
  };

  const stretches: Stretch[] = [];
  for (const point of series) {
    if (point.doubt !== null) continue;
    const here = { lat: point.lat, lon: point.lon };
    const last = stretches.at(-1);
    const state = held(Date.parse(point.at));
    if (last?.held === state) {
      last.points.push(here);
    } else {
      last?.points.push(here);
      stretches.push({ held: state, points: [here] });
    }
  }
  return stretches.filter((stretch) => stretch.points.length > 1);
}
