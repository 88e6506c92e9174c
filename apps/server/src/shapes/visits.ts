import type { PlaceFeature } from '@muckwatch/contract';
import { borderCrossings, contains, crossingOf, type EpochMs, MINUTE_MS, type Point, SECOND_MS, type TrackFix } from '@muckwatch/domain';

/** As an enter is believed when judged. */
const BELIEVED_MS = 10 * SECOND_MS;
const BELIEVED_REPORTS = 2;
/** Nobody knows where a truck was meanwhile: what follows is another stay. */
const SILENCE_MS = 10 * MINUTE_MS;

/** A stretch of reports inside of a shape, or a straight way through it between two that lie outside. */
export interface Stay {
  from: EpochMs;
  to: EpochMs;
  /** 0: it went through between two reports, of which these are the times. */
  reports: number;
  /** Where its first report lay; of a way through, the middle of what lies inside. */
  point: Point;
}

/** Makes stays of one terminal's reports near a shape, in order of time. Of those away from it the ones before and after a line that touches its box will do. */
export class StayReader {
  readonly stays: Stay[] = [];
  /** Lines that run through it and are not believed to: a corner is clipped, or a heading unsaid or another. */
  unsure = 0;
  #open: Stay | null = null;
  #last: { fix: TrackFix; inside: boolean } | null = null;

  /** `maxGapMs`: between reports farther apart nobody knows the way. */
  constructor(
    private readonly geometry: PlaceFeature['geometry'],
    private readonly maxGapMs: number,
  ) {}

  add(fix: TrackFix): void {
    const inside = contains(this.geometry, fix.point);
    if (this.#last && !this.#last.inside && !inside) this.#passThrough(this.#last.fix, fix);
    this.#last = { fix, inside };

    if (this.#open && (!inside || fix.at - this.#open.to > SILENCE_MS)) this.#open = null;
    if (!inside) return;
    if (this.#open) {
      this.#open.to = fix.at;
      this.#open.reports++;
    } else {
      this.#open = { from: fix.at, to: fix.at, reports: 1, point: fix.point };
      this.stays.push(this.#open);
    }
  }

  #passThrough(from: TrackFix, to: TrackFix): void {
    const crossing = crossingOf(this.geometry, from, to, this.maxGapMs);
    if (crossing === 'unsure') this.unsure++;
    if (crossing === 'crossed') this.stays.push({ from: from.at, to: to.at, reports: 0, point: middleInside(this.geometry, from.point, to.point) });
  }
}

/** Long enough to be a visit; a shorter one is a pass. */
export const isVisit = ({ from, to, reports }: Stay): boolean => reports >= BELIEVED_REPORTS && to - from >= BELIEVED_MS;

/** Through it between two reports. */
export const isCrossing = ({ reports }: Stay): boolean => reports === 0;

export const meet = (a: { from: EpochMs; to: EpochMs }, b: { from: EpochMs; to: EpochMs }): boolean => a.from <= b.to && b.from <= a.to;

function middleInside(geometry: PlaceFeature['geometry'], from: Point, to: Point): Point {
  const [enters = 0, leaves = 1] = borderCrossings(geometry, from, to);
  const middle = (enters + leaves) / 2;
  return [from[0] + (to[0] - from[0]) * middle, from[1] + (to[1] - from[1]) * middle];
}
