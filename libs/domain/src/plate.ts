/** A number plate as it is compared, however it is spaced, dotted and written: 鄂S·12345, 鄂s 12345 and 鄂Ｓ１２３４５ are one plate. */
export function plateKey(plate: string): string {
  return plate
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•.-]/g, '');
}

/** What cameras take for each other: 0-O-D-Q, 1-I-L, 2-Z, 5-S, 8-B. */
const CONFUSABLE = ['0ODQ', '1IL', '2Z', '5S', '8B'];
const FOLDED = new Map(CONFUSABLE.flatMap((like) => [...like].map((character): [string, string] => [character, like[0]!])));

/** The registered plates, asked whether one that was read may be one of them. */
export class PlateBook {
  readonly #byKey = new Map<string, string[]>();

  constructor(plates: Iterable<string>) {
    for (const plate of plates) {
      const key = keyOf(plate);
      const alike = this.#byKey.get(key);
      if (alike) alike.push(plate);
      else this.#byKey.set(key, [plate]);
    }
  }

  /** It is a registered plate, or differs from one in a single confusable character: the province (the first one) or one of 0-O-D-Q, 1-I-L, 2-Z, 5-S, 8-B. */
  isNearRegistered(plate: string): boolean {
    return this.#byKey.get(keyOf(plate))?.some((registered) => differences(registered, plate) <= 1) ?? false;
  }
}

/** The same for all plates that differ only in confusable characters: the province left out, the others folded. */
function keyOf(plate: string): string {
  const [, ...rest] = plate;
  return rest.map((character) => FOLDED.get(character) ?? character).join('');
}

function differences(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  return a.reduce((count, character, i) => count + Number(character !== b[i]), 0);
}
