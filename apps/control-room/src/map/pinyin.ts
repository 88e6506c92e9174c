import { pinyin } from 'pinyin-pro';

const known = new Map<string, readonly string[]>();

/** Some thousand names at most, each spelt once: 20 µs a name. */
export function spelt(name: string): readonly string[] {
  let syllables = known.get(name);
  if (!syllables) known.set(name, (syllables = pinyin(name, { toneType: 'none', type: 'array', v: true }).map((syllable) => syllable.toLowerCase())));
  return syllables;
}
