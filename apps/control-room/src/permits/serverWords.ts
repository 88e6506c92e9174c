import type { Words } from '../i18n/index.js';

/** What the server says in English, in the reader's language where we know the sentence; else as it came. */
export function serverWords(message: string, t: Words): string {
  for (const [pattern, words] of t.permits.server) {
    const found = pattern.exec(message);
    if (found) return words.replace(/\$(\d)/g, (_, i: string) => found[Number(i)] ?? '');
  }
  return message;
}
