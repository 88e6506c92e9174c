/** Median; of an even count the lower of the two in the middle, so that it is always a value that was said. Null of nothing. */
export function median(values: ArrayLike<number>): number | null {
  if (values.length === 0) return null;
  // A typed array sorts numbers without calling back.
  const sorted = Float64Array.from(values).sort();
  return sorted[(sorted.length - 1) >> 1]!;
}
