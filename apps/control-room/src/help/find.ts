/** Whether every word typed occurs in one of the texts, whatever its case. */
export function matches(typed: string, texts: readonly string[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
