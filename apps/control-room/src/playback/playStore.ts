import { create } from 'zustand';
import { isAbort, wordsOf } from '../app/api.js';
import type { Said } from './address.js';
import { clock } from './clock.js';
import { everySOf } from './jumps.js';
import { type Recording, readTruck } from './readTruck.js';
import type { Span } from './tape.js';

/** Trucks that are read at the same time: the server reads for one at a time anyway. */
const AT_ONCE = 2;

interface Play {
  /** What is looked at; null: nothing yet. */
  shown: (Span & { trucks: string[]; everyS: number }) | null;
  recordings: ReadonlyMap<string, Recording>;
  reading: boolean;
  /** Since when it is read, ms of the page's own clock. */
  since: number;
  stopped: boolean;
  /** Trucks that could not be read, with why. */
  faults: ReadonlyMap<string, string>;
  /** Whose charts stand below; null with several trucks: the speed of all. */
  chartOf: string | null;
  /** The part of the stretch that the charts show. */
  view: Span;
  /** Where the pointer reads the charts; null: it is not over them. */
  hover: number | null;
  follow: boolean;
}

const NOTHING = { recordings: new Map(), faults: new Map(), reading: false, stopped: false, hover: null };
export const usePlay = create<Play>(() => ({ ...NOTHING, shown: null, since: 0, chartOf: null, view: { from: 0, to: 0 }, follow: true }));

let abort = new AbortController();

/** Reads what the address asks for; what was read of the same stretch stays. */
export async function open({ trucks, from, to, at }: Said): Promise<void> {
  if (from === null || to === null || trucks.length === 0) return close();
  const { shown, recordings: before, faults } = usePlay.getState();
  const everyS = everySOf(trucks.length, to - from);
  const same = shown !== null && shown.from === from && shown.to === to && shown.everyS === everyS;
  const kept = same ? [...before].filter(([id, { share }]) => trucks.includes(id) && share === 1) : [];
  if (same && kept.length === trucks.length && shown.trucks.join() === trucks.join() && faults.size === 0) return void (at !== null && clock.seek(at));

  abort.abort();
  abort = new AbortController();
  const { signal } = abort;
  const chartOf = trucks.length === 1 ? trucks[0]! : null;
  usePlay.setState({ ...NOTHING, shown: { trucks, from, to, everyS }, recordings: new Map(kept), chartOf, reading: true, since: performance.now(), view: same ? usePlay.getState().view : { from, to } }); // prettier-ignore
  if (!same || at !== null) clock.wind(from, to, at ?? from);

  const waiting = trucks.filter((id) => !kept.some(([known]) => known === id));
  const work = async () => {
    for (let truckId = waiting.shift(); truckId !== undefined && !signal.aborted; truckId = waiting.shift())
      await readOne(truckId, { from, to, everyS }, signal);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (!signal.aborted) usePlay.setState({ reading: false });
}

async function readOne(truckId: string, wanted: Span & { everyS: number }, signal: AbortSignal): Promise<void> {
  const tell = (now: Recording) => {
    if (!signal.aborted) usePlay.setState(({ recordings }) => ({ recordings: new Map(recordings).set(truckId, now) }));
  };
  try {
    await readTruck({ truckId, ...wanted }, tell, signal);
  } catch (error) {
    if (!isAbort(error) && !signal.aborted) usePlay.setState(({ faults }) => ({ faults: new Map(faults).set(truckId, wordsOf(error)) }));
  }
}

/** What has come stays, and is said to be a part. */
export function stopReading(): void {
  abort.abort();
  usePlay.setState({ reading: false, stopped: true });
}

export function close(): void {
  abort.abort();
  clock.wind(0, 0, 0);
  usePlay.setState({ ...NOTHING, shown: null, chartOf: null });
}

export function again(said: Said): void {
  usePlay.setState({ shown: null });
  void open({ ...said, at: clock.at });
}

/** Truck by truck in the order in which they were chosen: the first has the first colour. */
export const inOrder = ({ shown, recordings }: Pick<Play, 'shown' | 'recordings'>): Recording[] =>
  (shown?.trucks ?? []).map((id) => recordings.get(id)).filter((one) => one !== undefined);

/** Charts and time line, no narrower than twenty seconds and never beyond the stretch. */
export function look(from: number, to: number): void {
  const { shown } = usePlay.getState();
  if (!shown) return;
  const wide = Math.min(Math.max(20_000, to - from), shown.to - shown.from);
  const start = Math.min(Math.max(shown.from, from), shown.to - wide);
  usePlay.setState({ view: { from: start, to: start + wide } });
}

export function lookAtAll(): void {
  const { shown } = usePlay.getState();
  if (shown) usePlay.setState({ view: { from: shown.from, to: shown.to } });
}
