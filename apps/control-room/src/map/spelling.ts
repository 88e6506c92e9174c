import { create } from 'zustand';

/** A name as it is spelt: one syllable a character, lower case, without tones; what is no Chinese character stands for itself. */
export type Spelt = (name: string) => readonly string[];

/** Until the dictionary is there nothing is spelt. */
export const useSpelling = create<{ spelt: Spelt | null }>(() => ({ spelt: null }));

let reading = false;

/** The dictionary is 300 kB, so it is read when somebody first looks for something. Without it names are found by their characters alone. */
export async function readSpelling(): Promise<void> {
  if (reading || useSpelling.getState().spelt) return;
  reading = true;
  try {
    const { spelt } = await import('./pinyin.js');
    useSpelling.setState({ spelt });
  } catch {
    // A network that is away now may be back at the next look.
  } finally {
    reading = false;
  }
}
