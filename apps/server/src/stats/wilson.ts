const Z_95 = 1.959964;

/** Between what shares the true one lies with 95 % confidence, after `right` of `count` (Wilson 1927): honest for few and for all-right, where ± would not be. */
export function wilson(right: number, count: number): { low: number; high: number } | null {
  if (count === 0) return null;
  const share = right / count;
  const z2 = Z_95 ** 2;
  const middle = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z_95 / (1 + z2 / count)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
