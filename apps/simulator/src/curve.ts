/** A value over time: straight lines between keys, level before the first and after the last. */
export interface Curve {
  at: number[];
  value: number[];
}

export function flat(value: number): Curve {
  return { at: [0], value: [value] };
}

/** From `[time, value]` pairs in order of time. */
export function curve(...keys: [number, number][]): Curve {
  return { at: keys.map(([at]) => at), value: keys.map(([, value]) => value) };
}

export function valueAt({ at, value }: Curve, time: number): number {
  if (time <= at[0]!) return value[0]!;
  for (let i = 1; i < at.length; i++) {
    if (time <= at[i]!) return value[i - 1]! + ((value[i]! - value[i - 1]!) * (time - at[i - 1]!)) / (at[i]! - at[i - 1]! || 1);
  }
  return value.at(-1)!;
}

export function lastValue({ value }: Curve): number {
  return value.at(-1)!;
}

/** The times at which the curve passes `level`. */
export function crossingsOf({ at, value }: Curve, level: number): number[] {
  const out: number[] = [];
  for (let i = 1; i < at.length; i++) {
    const [before, after] = [value[i - 1]!, value[i]!];
    if (before < level !== after < level) out.push(at[i - 1]! + ((at[i]! - at[i - 1]!) * (level - before)) / (after - before));
  }
  return out;
}

/** Something that is one thing or the other: what it was first, and the times at which it changed. */
export interface Switch {
  first: boolean;
  changes: number[];
}

export function always(first: boolean): Switch {
  return { first, changes: [] };
}

export function isOn({ first, changes }: Switch, time: number): boolean {
  return changes.filter((at) => at <= time).length % 2 === 0 ? first : !first;
}
