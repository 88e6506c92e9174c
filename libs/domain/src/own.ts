/** The record's own value of a key: an id may be `constructor`, which every object inherits. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
