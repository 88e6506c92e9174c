import type { SentSighting } from './cameras.js';
import type { Day, Sent } from './simulate.js';
import type { EpochMs } from './truth.js';

/** What time it is in the simulation when it is `wall` outside. */
export interface Clock {
  now: (wall: EpochMs) => EpochMs;
  /** Stands still for so many milliseconds of the wall's time. */
  hold: (wallMs: number) => void;
}

/** The clock on the wall. */
export const WALL: Clock = { now: (wall) => wall, hold: () => undefined };

/** Plays up to `to` at `speed`, starting at `wall`, so that it is `to` in the simulation when it is `to` outside. */
export function fasterClock(from: EpochMs, wall: EpochMs, speed: number): Clock {
  let started = wall;
  return {
    now: (at) => from + (at - started) * speed,
    hold: (wallMs) => (started += wallMs),
  };
}

export interface PlayOptions {
  clock: Clock;
  wall: () => EpochMs;
  send: (sent: Sent) => void;
  sendSighting: (sent: SentSighting) => void;
  /** True while the receivers cannot keep up; a faster clock then stands still. */
  crowded: () => boolean;
  stopped: () => boolean;
}

const BEAT_MS = 40;

/** Sends each packet when its time has come. Ends with the day, or when stopped. */
export async function play(day: Day, { clock, wall, send, sendSighting, crowded, stopped }: PlayOptions): Promise<void> {
  let next = day.sent.next();
  while (!next.done && !stopped()) {
    const due = clock.now(wall());
    // A beat's packets go out together; a hundred times the speed must not starve the sockets.
    for (let count = 0; !next.done && next.value.at <= due && count < 2000; count++) {
      send(next.value);
      next = day.sent.next();
    }
    while (day.sightings[0] && day.sightings[0].at <= due) sendSighting(day.sightings.shift()!);
    if (crowded()) clock.hold(BEAT_MS);
    await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
  }
  if (!next.done) day.sent.return();
}
