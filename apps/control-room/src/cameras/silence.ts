import type { CameraResource } from '@muckwatch/contract';

/** A camera without a sighting for so long is called silent: a gate may be quiet for a shift. */
export const SILENT_MS = 12 * 3_600_000;

/** When each camera saw something last, by its id; null: nothing yet. One that is not in it was entered since. */
export type LastSeen = ReadonlyMap<string, number | null>;

export interface BySilence {
  /** What fell silent last stands first, what has never seen anything last. */
  silent: CameraResource[];
  seeing: CameraResource[];
}

/** Cameras that may be dead apart from the others; those keep their order. */
export function bySilence(cameras: readonly CameraResource[], seen: LastSeen, now: number): BySilence {
  const lastOf = ({ id }: CameraResource) => seen.get(id) ?? -Infinity;
  const isSilent = (camera: CameraResource) => now - lastOf(camera) > SILENT_MS;
  const silent = cameras.filter(isSilent).sort((a, b) => (lastOf(a) === lastOf(b) ? 0 : lastOf(b) - lastOf(a)));
  return { silent, seeing: cameras.filter((camera) => !isSilent(camera)) };
}
