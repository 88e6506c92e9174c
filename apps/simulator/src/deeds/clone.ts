import type { Camera } from '../cameras.js';
import type { Leg } from '../leg.js';
import { motionAt } from '../pace.js';
import { distance } from '../plane.js';
import type { Random } from '../random.js';
import { did } from './deed.js';

/** Seconds of a drive in which its own gates are too long ago, and too far ahead, to be doubted for the clone's sake. */
const FROM_GATES_S = 420;

/** A stranger under this truck's plate passes a gate at the other end of the city. */
export function cloneSeen(leg: Leg, random: Random, cameras: readonly Camera[]): Leg | null {
  const [low, high] = [FROM_GATES_S, leg.pace.seconds - FROM_GATES_S];
  if (low >= high) return null;
  const at = Math.round(random.between(low, high));
  const here = motionAt(leg.path, leg.pace, at);
  const far = cameras.filter(({ id, point }) => !id.startsWith('cam-wild') && distance(point, here) > 8500 && distance(point, here) < 16_000);
  if (far.length === 0) return null;
  const camera = random.pick(far);
  const direction = random.pick(['in', 'out'] as const);
  const seen = { at: at * 1000, camera: camera.id, kind: 'pass', direction, covered: true, clean: true, certain: true, plate: 'own' } as const;
  const note = `its plate was seen ${(distance(camera.point, here) / 1000).toFixed(1)} km away`;
  const deed = did('cloned-plate', at - 10, at + 20, note, { placeId: camera.placeId, scope: camera.id });
  return { ...leg, sights: [...leg.sights, seen], deeds: [...leg.deeds, deed] };
}
