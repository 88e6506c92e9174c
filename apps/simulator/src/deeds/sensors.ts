import type { Leg } from '../leg.js';
import type { Random } from '../random.js';
import { closeAfterTheGate } from './cover.js';
import { did, longestAbove } from './deed.js';

/** A switch that is stuck was so before the truck drove off. */
const STUCK_BEFORE_MS = 45_000;

/** The cover switch says closed, whatever the cover does; the camera at the gate sees it open. */
export function deadCoverSwitch(leg: Leg, random: Random, siteId: string | null): Leg | null {
  const open = closeAfterTheGate(leg, random, siteId);
  if (!open) return null;
  const door = leg.pace.arrive[leg.path.doorFrom]!;
  const fault = { from: -STUCK_BEFORE_MS, to: leg.pace.seconds * 1000, says: { coverOpen: false } };
  const deed = did('sensor-contradiction', door - 5, door + 5, 'the terminal said closed, the camera saw it open', { placeId: siteId, scope: 'camera' });
  return { ...open, faults: [...leg.faults, fault], deeds: [...open.deeds, deed] };
}

/** A loose wire: the ignition is off, says the terminal of a truck that drives. */
export function looseIgnitionWire(leg: Leg, random: Random): Leg | null {
  const { path, pace } = leg;
  const [low, high] = [pace.arrive[path.clearFrom]! + 40, pace.arrive[path.clearTo]! - 40];
  for (let tries = 0; tries < 20 && low < high; tries++) {
    const from = random.between(low, high);
    const to = from + random.between(170, 330);
    if (to > high || longestAbove(leg, 14 / 3.6, from, to) < 105) continue;
    const fault = { from: Math.round(from * 1000), to: Math.round(to * 1000), says: { ignition: false } };
    const deed = did('sensor-contradiction', from, to, 'ignition off while driving', { scope: 'ignition' });
    return { ...leg, faults: [...leg.faults, fault], deeds: [...leg.deeds, deed] };
  }
  return null;
}
