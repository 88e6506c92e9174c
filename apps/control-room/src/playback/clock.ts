import { create } from 'zustand';
import { worked } from '../live/work.js';
import type { Speed } from './address.js';

interface Running {
  playing: boolean;
  speed: Speed;
}

/** What buttons show; the time itself is no React state: it changes sixty times a second. */
export const useClock = create<Running>(() => ({ playing: false, speed: 15 }));

type Listener = (at: number) => void;

/** The one time that the map, the time line and the charts show. */
class PlaybackClock {
  at = 0;
  #from = 0;
  #to = 0;
  readonly #listeners = new Set<Listener>();
  #frame: number | null = null;
  #drawnAt = 0;

  /** Looks at another stretch; what ran stands. */
  wind(from: number, to: number, at: number): void {
    this.pause();
    this.#from = from;
    this.#to = to;
    this.seek(at);
  }

  seek(at: number): void {
    this.at = Math.min(Math.max(at, this.#from), this.#to);
    this.tell();
  }

  step(ms: number): void {
    this.seek(this.at + ms);
  }

  play(): void {
    if (this.#to <= this.#from) return;
    // At the end there is nothing left to play: it begins anew.
    if (this.at >= this.#to) this.seek(this.#from);
    useClock.setState({ playing: true });
    this.#drawnAt = performance.now();
    this.#frame ??= requestAnimationFrame(this.#run);
  }

  pause(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    useClock.setState({ playing: false });
  }

  toggle(): void {
    if (useClock.getState().playing) this.pause();
    else this.play();
  }

  /** Called at every change of the time, at once the first time; returns how to end it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    listener(this.at);
    return () => void this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener(this.at);
  }

  readonly #run = (now: number): void => {
    // A page that was hidden draws nothing; it does not leap on when it is seen again.
    const passed = Math.min(250, now - this.#drawnAt);
    this.#drawnAt = now;
    const began = performance.now();
    this.seek(this.at + passed * useClock.getState().speed);
    worked(performance.now() - began);
    if (this.at >= this.#to) return this.pause();
    this.#frame = requestAnimationFrame(this.#run);
  };
}

export const clock = new PlaybackClock();
