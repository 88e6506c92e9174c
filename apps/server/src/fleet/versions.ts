import type { EpochMs } from '@muckwatch/domain';

/** How a thing stood from a time on; null: retired. */
export interface Version<T> {
  fromAt: EpochMs;
  version: number;
  data: T | null;
}

/** All versions of many things, each thing's by ascending `fromAt`. */
export class Versions<T> {
  readonly #byId = new Map<string, Version<T>[]>();

  add(id: string, version: Version<T>): void {
    const known = this.#byId.get(id);
    if (known) known.push(version);
    else this.#byId.set(id, [version]);
  }

  /** What was in force; null where nothing was. Nearly every question is about the newest, so it looks from the end. */
  at(id: string, at: EpochMs): T | null {
    const known = this.#byId.get(id);
    if (!known) return null;
    for (let i = known.length - 1; i >= 0; i--) if (known[i]!.fromAt <= at) return known[i]!.data;
    return null;
  }

  /** What was in force, or else, where nothing was, what was last before or first after; null for a thing unknown. */
  near(id: string, at: EpochMs): T | null {
    const known = (this.#byId.get(id) ?? []).filter(({ data }) => data !== null);
    return (known.findLast(({ fromAt }) => fromAt <= at) ?? known[0])?.data ?? null;
  }

  /** The next version of a thing: never before the last one, should our clock have gone back. `first` is when a first version comes into force. */
  next(id: string, data: T | null, enteredAt: EpochMs, first: EpochMs): Version<T> {
    const last = this.#byId.get(id)?.at(-1);
    if (!last) return { fromAt: first, version: 1, data };
    return { fromAt: Math.max(enteredAt, last.fromAt), version: last.version + 1, data };
  }

  latest(id: string): T | null {
    return this.#byId.get(id)?.at(-1)?.data ?? null;
  }

  *[Symbol.iterator](): Generator<{ id: string } & Version<T>> {
    for (const [id, versions] of this.#byId) for (const version of versions) yield { id, ...version };
  }
}
