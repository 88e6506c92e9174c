const { floor, imul } = Math;

/**
 * Seeded chance (sfc32). The same seed gives the same numbers for ever; `fork` gives a stream of its own, whatever was drawn
 * before, so that one more draw for one truck does not change the day of the others.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(private readonly name: string) {
    [this.a, this.b, this.c] = hash(name);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A stream of its own, named after this one and `label`. */
  fork(label: string | number): Random {
    return new Random(`${this.name}/${label}`);
  }

  /** 0 ≤ n < 1. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + floor((high - low + 1) * this.next());
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('There is nothing to pick from.');
    return items[floor(this.next() * items.length)] as T;
  }

  /** Near enough to normal, never beyond ±3 σ: three draws instead of a logarithm and a sine. */
  normal(sigma: number): number {
    return (this.next() + this.next() + this.next() - 1.5) * 2 * sigma;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    const out: T[] = [];
    while (left.length > 0) out.push(...left.splice(floor(this.next() * left.length), 1));
    return out;
  }
}

function hash(text: string): [number, number, number] {
  let [a, b, c] = [1779033703, 3144134277, 1013904242];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = imul(a ^ code, 597399067) ^ (b >>> 15);
    b = imul(b ^ code, 2869860233) ^ (c >>> 13);
    c = imul(c ^ code, 951274213) ^ (a >>> 17);
  }
  return [a | 0, b | 0, c | 0];
}
