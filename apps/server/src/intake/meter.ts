const WINDOW_S = 60;

/** Events of the last minute, counted by the second. */
export class Rate {
  readonly #counts = new Array<number>(WINDOW_S).fill(0);
  readonly #seconds = new Array<number>(WINDOW_S).fill(-1);
  readonly #startedS = Math.floor(performance.now() / 1_000);

  add(count = 1): void {
    const second = Math.floor(performance.now() / 1_000);
    const slot = second % WINDOW_S;
    if (this.#seconds[slot] !== second) {
      this.#seconds[slot] = second;
      this.#counts[slot] = 0;
    }
    this.#counts[slot]! += count;
  }

  /** Per second over the last minute, or since start where that is shorter; the second that is not over yet is left out. */
  perSecond(): number {
    const second = Math.floor(performance.now() / 1_000);
    const sum = this.#counts.reduce((total, count, slot) => {
      const age = second - this.#seconds[slot]!;
      return age >= 1 && age < WINDOW_S ? total + count : total;
    }, 0);
    return Math.round((sum / Math.max(1, Math.min(WINDOW_S - 1, second - this.#startedS))) * 10) / 10;
  }
}

const SAMPLES = 2_048;
const SAMPLE_AGE_MS = 60_000;

/** Percentiles of the last minute's durations, from at most 2,048 of them. */
export class Percentiles {
  readonly #samples: { ms: number; at: number }[] = [];
  #next = 0;

  add(ms: number): void {
    this.#samples[this.#next] = { ms, at: performance.now() };
    this.#next = (this.#next + 1) % SAMPLES;
  }

  /** Null when nothing was measured in the last minute. */
  of(share: number): number | null {
    const since = performance.now() - SAMPLE_AGE_MS;
    const recent = this.#samples.filter((sample) => sample.at >= since).map((sample) => sample.ms);
    if (recent.length === 0) return null;
    recent.sort((a, b) => a - b);
    return Math.round(recent[Math.min(recent.length - 1, Math.floor(recent.length * share))]! * 10) / 10;
  }
}
