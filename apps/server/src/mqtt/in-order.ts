/**
 * Lets go in the order of arrival what is finished in any order. MQTT acknowledges the packets of a connection in the order in which they came
 * [MQTT-4.6.0-2]; commits return as they like.
 */
export class InOrder {
  #first: Entry | null = null;
  #last: Entry | null = null;

  /** Takes a place in the queue. `release` runs when the returned function has been called here and for everything before. */
  add(release: () => void): () => void {
    const entry: Entry = { release, finished: false, next: null };
    if (this.#last) this.#last.next = entry;
    else this.#first = entry;
    this.#last = entry;

    return () => {
      entry.finished = true;
      while (this.#first?.finished) {
        const { release } = this.#first;
        this.#first = this.#first.next;
        if (!this.#first) this.#last = null;
        release();
      }
    };
  }
}

interface Entry {
  release: () => void;
  finished: boolean;
  next: Entry | null;
}
