let room = new Float64Array(64);

/** Median; of an even count the lower of the two in the middle, so that it is always a value that was said. Null of nothing. */
export function median(values: ArrayLike<number>): number | null {
  return medianBy(values, itself);
}

/** The median of what is read off each thing. */
export function medianBy<T>(things: ArrayLike<T>, read: (thing: T) => number): number | null {
  const count = things.length;
  if (count === 0) return null;
  // An array of its own costs more than finding the median in it.
  if (count > room.length) room = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) room[i] = read(things[i]!);
  return nth(room, (count - 1) >> 1, count - 1);
}

function itself(value: number): number {
  return value;
}

/** Hoare's selection: the n-th smallest of the first few without sorting the rest; sorting 60 angles at every other report was a tenth of all judging. Moves them about. */
function nth(values: Float64Array, n: number, last: number): number {
  let left = 0;
  let right = last;
  while (left < right) {
    const pivot = values[n]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const smaller = values[j]!;
      values[j--] = values[i]!;
      values[i++] = smaller;
    }
    if (j < n) left = i;
    if (n < i) right = j;
  }
  return values[n]!;
}
