import { plateKey } from '../app/plate.js';

export interface FindTruck {
  id: string;
  plate: string;
  company: string | null;
}

export interface FindPlace {
  id: string;
  name: string;
}

export interface Found {
  trucks: FindTruck[];
  places: FindPlace[];
  more: number;
}

const MOST = 7;
/** One letter begins a syllable of nearly every name. */
const FEWEST_LETTERS = 2;

/**
 * Any part of a plate, or of the name of a company or a place, by its characters or, where `spelt` says how it is spelt, by pinyin. Plates that end in
 * what was typed come first: people read out the last digits. What is found by its spelling comes last.
 */
export function find(
  text: string,
  trucks: Iterable<FindTruck>,
  places: Iterable<FindPlace>,
  spelt: ((name: string) => readonly string[]) | null = null,
): Found {
  const key = plateKey(text);
  const name = text.trim().toLowerCase();
  if (key === '') return { trucks: [], places: [], more: 0 };

  const letters = name.replace(/[\s']/g, '');
  const bySpelling = spelt && letters.length >= FEWEST_LETTERS && /^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters) ? spelt : null;
  // Many trucks have one company: its name is held against what was typed once.
  const sounds = new Map<string, boolean>();
  const soundsLike = (said: string): boolean => {
    if (!bySpelling) return false;
    let known = sounds.get(said);
    if (known === undefined) sounds.set(said, (known = isSpelt(bySpelling(said), letters)));
    return known;
  };

  const foundTrucks: { truck: FindTruck; rank: number }[] = [];
  for (const truck of trucks) {
    const plate = plateKey(truck.plate);
    if (plate.endsWith(key)) foundTrucks.push({ truck, rank: 0 });
    else if (plate.includes(key)) foundTrucks.push({ truck, rank: 1 });
    else if (truck.company?.toLowerCase().includes(name)) foundTrucks.push({ truck, rank: 2 });
    else if (truck.company && soundsLike(truck.company)) foundTrucks.push({ truck, rank: 3 });
  }
  foundTrucks.sort((a, b) => a.rank - b.rank || (a.truck.plate < b.truck.plate ? -1 : 1));
  const byName = [...places];
  const foundPlaces = [
    ...byName.filter((place) => place.name.toLowerCase().includes(name)),
    ...byName.filter((place) => !place.name.toLowerCase().includes(name) && soundsLike(place.name)),
  ];
  const more = Math.max(0, foundTrucks.length - MOST) + Math.max(0, foundPlaces.length - MOST);
  return { trucks: foundTrucks.slice(0, MOST).map((f) => f.truck), places: foundPlaces.slice(0, MOST), more };
}

/** The letters are the beginnings of syllables that follow each other, from any of them on: `gcj`, `gongchengju`, `gongcj` all are 工程局. */
export function isSpelt(syllables: readonly string[], letters: string): boolean {
  return syllables.some((_, from) => follows(syllables, from, letters));
}

function follows(syllables: readonly string[], from: number, letters: string): boolean {
  if (letters === '') return true;
  const syllable = syllables[from];
  if (!syllable) return false;
  for (let n = Math.min(syllable.length, letters.length); n > 0; n--)
    if (letters.startsWith(syllable.slice(0, n)) && follows(syllables, from + 1, letters.slice(n))) return true;
  return false;
}
