import { setImmediate as turn } from 'node:timers/promises';

const SLICE_MS = 6;

/** Cuts long work into slices, so that live reports are never held up for longer than one. */
export class Slices {
  #began = performance.now();

  isOver(): boolean {
    return performance.now() - this.#began >= SLICE_MS;
  }

  /** Lets everybody else have their turn. */
  async next(): Promise<void> {
    await turn();
    this.#began = performance.now();
  }
}
