/** Median; of an even count the lower of the two in the middle, so that it is always a value that was said. Null of nothing. */
export function median(values: ArrayLike<number>): number | null {
  return values.length === 0 ? null : nth(new Float64Array(values), (values.length - 1) >> 1);
}

/** Hoare's selection: the n-th smallest without sorting the rest; sorting 60 angles at every other report was a tenth of all judging. Moves the values about. */
function nth(values: Float64Array, n: number): number {
  let left = 0;
  let right = values.length - 1;
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
