import type { TruckSensors } from '@muckwatch/contract';
import { create } from 'zustand';
import { get } from '../app/api.js';
import { type Ailment, ailmentsOf } from './rows.js';

type Known = { ailments: Ailment[] | null } | 'reading' | 'failed';
export const useSensors = create<{ trucks: ReadonlyMap<string, Known> }>(() => ({ trucks: new Map() }));

const AT_ONCE = 3;
const wanted: string[] = [];
let working = 0;

/** Of the trucks that are on the screen; three questions at a time, since each is a day of reports. */
export function wantSensors(ids: readonly string[]): void {
  const { trucks } = useSensors.getState();
  for (const id of ids) {
    if (trucks.has(id) || wanted.includes(id)) continue;
    wanted.push(id);
  }
  while (working < AT_ONCE && wanted.length > 0) void work();
}

async function work(): Promise<void> {
  working++;
  for (let id = wanted.shift(); id !== undefined; id = wanted.shift()) {
    set(id, 'reading');
    const sensors = await get<TruckSensors>(`/trucks/${encodeURIComponent(id)}/sensors`).catch(() => null);
    set(id, sensors ? { ailments: ailmentsOf(sensors) } : 'failed');
  }
  working--;
}

const set = (id: string, known: Known) => useSensors.setState(({ trucks }) => ({ trucks: new Map(trucks).set(id, known) }));
