import type { EpochMs, Point } from '@muckwatch/domain';
import { MINUTE_MS, SECOND_MS } from '@muckwatch/domain';

/** As an enter is believed when judged. */
const BELIEVED_MS = 10 * SECOND_MS;
const BELIEVED_REPORTS = 2;
/** Nobody knows where a truck was meanwhile: what follows is another stay. */
const SILENCE_MS = 10 * MINUTE_MS;

/** A stretch of reports inside of a shape. */
export interface Stay {
  from: EpochMs;
  to: EpochMs;
  reports: number;
  /** Where its first report lay. */
  point: Point;
}

/** Makes stays of one truck's reports near a shape, in order of time. */
export class StayReader {
  readonly stays: Stay[] = [];
  #open: Stay | null = null;

  add(at: EpochMs, point: Point, inside: boolean): void {
    if (this.#open && (!inside || at - this.#open.to > SILENCE_MS)) this.#open = null;
    if (!inside) return;
    if (this.#open) {
      this.#open.to = at;
      this.#open.reports++;
    } else {
      this.#open = { from: at, to: at, reports: 1, point };
      this.stays.push(this.#open);
    }
  }
}

/** Long enough to be a visit; a shorter one is a pass. */
export const isVisit = ({ from, to, reports }: Stay): boolean => reports >= BELIEVED_REPORTS && to - from >= BELIEVED_MS;

export const meet = (a: { from: EpochMs; to: EpochMs }, b: { from: EpochMs; to: EpochMs }): boolean => a.from <= b.to && b.from <= a.to;
