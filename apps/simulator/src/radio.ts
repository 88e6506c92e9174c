import type { BlindSpot } from './city.js';
import { distance } from './plane.js';
import type { Point } from './plane.js';
import type { Random } from './random.js';
import type { WireReport } from './report.js';
import type { EpochMs } from './truth.js';

export type Coverage = 'on' | 'off';

/** The wire allows 500 reports in one upload. */
export const UPLOAD_MOST = 500;
/** A terminal's flash is not endless: the oldest are lost. */
export const STORED_MOST = 5_000;

const DROP_SHARE = 0.0012;
const LOST_ACK_SHARE = 0.002;
const REPEAT_SHARE = 0.001;

/** A time in which a terminal says nothing, on purpose of whoever pulled its plug: its reports are lost, or stored and told later. */
export interface Hush {
  from: EpochMs;
  to: EpochMs;
  how: 'lost' | 'stored';
}

export interface Heard {
  payload: WireReport | WireReport[];
  /** Milliseconds after the report's second. */
  afterMs: number;
}

/**
 * The radio of one terminal. With `off` all reports arrive at once and in order, a few of them twice. With `on` there are holes: what is read in
 * one is stored and goes up some time after it, in order, as arrays marked `buffered`, while newer reports are live again; and
 * where the acknowledgement of a live report was lost, the same report goes up once more among the buffered ones.
 */
export class Radio {
  private stored: WireReport[] = [];
  private silentUntil: EpochMs = 0;
  private uploadAt: EpochMs | null = null;

  constructor(
    private readonly coverage: Coverage,
    private readonly blindSpots: readonly BlindSpot[],
    private readonly random: Random,
  ) {}

  /** What goes out when a report has been read; `live` tells whether the report itself did. */
  pass(report: WireReport, at: EpochMs, where: Point, hush: Hush['how'] | null = null): { out: Heard[]; live: boolean } {
    if (hush === 'lost') return { out: [], live: false };
    if (hush === 'stored' || (this.coverage === 'on' && this.silent(at, where))) {
      this.store(report);
      this.uploadAt = null;
      return { out: [], live: false };
    }
    const out = this.twiceAtTimes(report);
    if (this.coverage === 'on' && this.random.chance(LOST_ACK_SHARE)) this.store(report);
    if (this.stored.length > 0) {
      this.uploadAt ??= at + this.random.whole(5, 90) * 1000;
      if (at >= this.uploadAt) out.push(...this.upload());
    }
    return { out, live: true };
  }

  private silent(at: EpochMs, where: Point): boolean {
    if (at < this.silentUntil) return true;
    if (this.random.chance(DROP_SHARE)) {
      this.silentUntil = at + this.random.whole(20, 240) * 1000;
      return true;
    }
    return this.blindSpots.some((spot) => distance(spot.middle, where) < spot.radiusM);
  }

  private twiceAtTimes(report: WireReport): Heard[] {
    const once = { payload: report, afterMs: 0 };
    return this.random.chance(REPEAT_SHARE) ? [once, { payload: report, afterMs: 40 }] : [once];
  }

  private store(report: WireReport): void {
    this.stored.push({ ...report, buffered: true });
    if (this.stored.length > STORED_MOST) this.stored.shift();
  }

  private upload(): Heard[] {
    const out: Heard[] = [];
    while (this.stored.length > 0) out.push({ payload: this.stored.splice(0, UPLOAD_MOST), afterMs: 60 + out.length });
    this.uploadAt = null;
    return out;
  }
}
