/** Failed log-ins that cost nothing yet: people mistype. */
const FREE = { person: 5, address: 20 };
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** After this long without a failure all is forgotten. */
const FORGET_MS = 60 * 60_000;
/** Bound of memory; the oldest are forgotten first. */
const MOST_KEYS = 20_000;

interface Count {
  failures: number;
  blockedUntil: number;
  last: number;
}

/**
 * Slows guessing down: per user name and address after 5 failures, per address after 20, each failure doubling the wait from 1 s to 15 min.
 * Counted before the password is looked at, so that a hundred attempts at once are no way round. In memory: a restart forgets.
 */
export class LoginThrottle {
  readonly #counts = new Map<string, Count>();

  /** Takes one attempt: how many ms to wait when it is refused, else 0. */
  attempt(username: string, address: string, now: number): number {
    const keys = keysOf(username, address);
    const wait = Math.max(...keys.map(([key]) => (this.#fresh(key, now)?.blockedUntil ?? 0) - now));
    if (wait > 0) return wait;
    for (const [key, free] of keys) this.#count(key, free, now);
    return 0;
  }

  /** The password was right: this person's failures are forgotten and the address gets its attempt back. */
  succeeded(username: string, address: string): void {
    const [[person], [place]] = keysOf(username, address);
    this.#counts.delete(person);
    const count = this.#counts.get(place);
    if (!count) return;
    count.failures = Math.max(0, count.failures - 1);
    count.blockedUntil = 0;
  }

  /** The attempt counts neither way: it is given back, and what failed before is remembered. */
  undecided(username: string, address: string): void {
    for (const [key] of keysOf(username, address)) {
      const count = this.#counts.get(key);
      if (!count) continue;
      count.failures = Math.max(0, count.failures - 1);
      count.blockedUntil = 0;
    }
  }

  #fresh(key: string, now: number): Count | undefined {
    const count = this.#counts.get(key);
    if (count && now - count.last > FORGET_MS) this.#counts.delete(key);
    else return count;
  }

  #count(key: string, free: number, now: number): void {
    const failures = (this.#counts.get(key)?.failures ?? 0) + 1;
    const delay = failures < free ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(20, failures - free));
    this.#counts.delete(key);
    this.#counts.set(key, { failures, blockedUntil: now + delay, last: now });
    if (this.#counts.size > MOST_KEYS) this.#counts.delete(this.#counts.keys().next().value!);
  }
}

function keysOf(username: string, address: string): [[string, number], [string, number]] {
  const from = network(address);
  return [
    [`${username.toLowerCase()} ${from}`, FREE.person],
    [from, FREE.address],
  ];
}

/** One household has a whole IPv6 /64. */
function network(address: string): string {
  if (address.startsWith('::ffff:') || !address.includes(':')) return address.replace('::ffff:', '');
  const [head = '', tail] = address.split('::', 2);
  const groups = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const whole = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after];
  return `${whole.slice(0, 4).join(':')}::/64`;
}
