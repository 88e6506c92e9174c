/**
 * A list from an index on, with one more at its end. Made in one copy that is no larger than what it holds, a spread or a push keeps room for half as many again;
 * and numbers stay together as numbers, which an array made by its length would hold one by one.
 */
export function withLast<T>(list: readonly T[], last: T, from = 0): T[] {
  if (from === 0) return list.concat([last]);
  const result = list.slice(from - 1);
  for (let i = 1; i < result.length; i++) result[i - 1] = result[i]!;
  result[result.length - 1] = last;
  return result;
}
