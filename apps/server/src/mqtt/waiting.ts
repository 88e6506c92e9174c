/** Packets that have been handed on and are not committed: how many, how many bytes, and since when nothing moved. Times are a monotonic clock's milliseconds. */
export class Waiting {
  #count = 0;
  #bytes = 0;
  #movedAt = 0;

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** One more. Call the returned function when it is committed; again does nothing. */
  begin(bytes: number, now: number): (now: number) => void {
    if (this.#count === 0) this.#movedAt = now;
    this.#count++;
    this.#bytes += bytes;
    let ended = false;
    return (endedAt) => {
      if (ended) return;
      ended = true;
      this.#count--;
      this.#bytes -= bytes;
      this.#movedAt = endedAt;
    };
  }

  /** For how long packets have waited without a single commit; 0 where none waits. */
  stalledMs(now: number): number {
    return this.#count === 0 ? 0 : now - this.#movedAt;
  }

  /** Forgives what was: the count of `stalledMs` begins anew. */
  restart(now: number): void {
    this.#movedAt = now;
  }
}
