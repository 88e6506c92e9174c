import type { Truck } from './fleet.js';
import { HOUR_MS, MINUTE_MS } from './hours.js';
import type { Random } from './random.js';
import { RULE_CODES } from './truth.js';
import type { Deed, EpochMs, Rule } from './truth.js';

/**
 * How much is done against the rules. A number, or `share`: the share of hauls on which a middling driver breaks one, of any rule or of
 * `rules` only. `perDay`: exactly so many deeds of each rule in every 24 h from the start (in the whole time, when that is shorter).
 */
export type Violations = number | { share: number; rules?: readonly Rule[] } | { perDay: Partial<Record<Rule, number>> };

/** How often each rule is chosen when a driver breaks one: on the road what everybody complains of, the rest now and then. */
const SHARES: Partial<Record<Rule, number>> = {
  'uncovered-load': 0.25,
  spill: 0.21,
  'illegal-dumping': 0.13,
  speeding: 0.1,
  'no-go': 0.05,
  'off-route': 0.04,
  overload: 0.03,
  'unwashed-departure': 0.03,
  'wrong-yard': 0.03,
  'uncovered-departure': 0.02,
  'no-permit': 0.02,
  'unpermitted-loading': 0.02,
  'sensor-contradiction': 0.02,
  'long-stop': 0.015,
  'track-gap': 0.015,
  'silent-terminal': 0.01,
  'cloned-plate': 0.01,
};

/** Three reports come before the first deed of the day, so that it is known what the truck carries. */
const LEAST_BEFORE_MS = 31_000;
/** What is promised to be in the day is over this long before its end, and heard of. */
const LEAST_AFTER_MS = 3 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Decides who breaks which rule when, and keeps count. */
export class Mischief {
  private readonly share: number;
  private readonly perDay: Partial<Record<Rule, number>> | null;
  private readonly allowed: ReadonlySet<Rule>;
  private readonly done = new Map<string, number>();

  constructor(
    violations: Violations,
    private readonly from: EpochMs,
    private readonly to: EpochMs,
  ) {
    const said = typeof violations === 'number' ? { share: violations } : violations;
    this.share = 'share' in said ? said.share : 0;
    this.perDay = 'perDay' in said ? said.perDay : null;
    const named = 'perDay' in said ? (Object.keys(said.perDay) as Rule[]) : said.rules;
    this.allowed = new Set(named ?? RULE_CODES);
  }

  get none(): boolean {
    return this.perDay ? Object.values(this.perDay).every((count) => count === 0) : this.share === 0;
  }

  /** Is there a number of each, rather than a share? */
  get counted(): boolean {
    return this.perDay !== null;
  }

  /** The rules to break now, most wanted first; none: this haul is to be an honest one. */
  wishes(truck: Truck, at: EpochMs, random: Random): Rule[] {
    if (this.perDay) return this.behind(at, random);
    if (!random.chance(Math.min(0.9, this.share * truck.recklessness))) return [];
    // A lottery in which each rule holds tickets by its share: the first drawn is what is wished for most.
    const drawn = Object.entries(SHARES).map(([rule, share]) => ({ rule: rule as Rule, luck: random.next() ** (1 / share) }));
    return drawn
      .filter(({ rule }) => this.allowed.has(rule))
      .sort((a, b) => b.luck - a.luck)
      .map(({ rule }) => rule);
  }

  /** Is an occasion that comes once a shift (to drive on after hours, to leave the lot at night) to be used? */
  seizes(rule: Rule, truck: Truck, at: EpochMs, random: Random): boolean {
    const die = random.next();
    if (!this.allowed.has(rule)) return false;
    return this.perDay ? this.left(rule, at) > 0 : die < Math.min(0.9, this.share * truck.recklessness * 0.6);
  }

  /** How many of a rule that no driver of ours breaks are due in the window that begins at `at`, with `hauls` driven an hour. */
  ofStrangers(rule: Rule, at: EpochMs, shareOfHauls: number, hauls: number, hours: number, random: Random): number {
    if (!this.allowed.has(rule)) return 0;
    if (this.perDay) return this.wanted(rule, this.windowOf(at));
    const mean = this.share * shareOfHauls * hauls * hours;
    return Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0);
  }

  /** Takes these deeds into account, all or none; false when there is no room for one of them in the day or in what was asked for. */
  take(deeds: readonly Pick<Deed, 'rule' | 'from' | 'to'>[]): boolean {
    const needed = new Map<string, number>();
    for (const { rule, from, to } of deeds) {
      if (!this.allowed.has(rule) || from < this.from + LEAST_BEFORE_MS) return false;
      if (!this.perDay) continue;
      if (to > this.to - LEAST_AFTER_MS) return false;
      const key = this.keyOf(rule, from);
      needed.set(key, (needed.get(key) ?? 0) + 1);
      if (needed.get(key)! > this.left(rule, from)) return false;
    }
    for (const [key, count] of needed) this.done.set(key, (this.done.get(key) ?? 0) + count);
    return true;
  }

  /** What was taken comes to nothing. */
  giveBack({ rule, from }: Pick<Deed, 'rule' | 'from'>): void {
    const key = this.keyOf(rule, from);
    if (this.perDay) this.done.set(key, this.done.get(key)! - 1);
  }

  /** Throws when the window that ends at `end` had no room for all that was asked for. */
  settle(end: EpochMs): void {
    if (!this.perDay) return;
    const window = this.windowOf(end - 1);
    const short = Object.keys(this.perDay).flatMap((rule) => {
      const [wanted, done] = [this.wanted(rule as Rule, window), this.done.get(`${window} ${rule}`) ?? 0];
      return done === wanted ? [] : [`${done} of ${wanted} × ${rule}`];
    });
    if (short.length > 0) throw new Error(`The day had room for only ${short.join(', ')}: ask for less, or give it more trucks or hours.`);
  }

  /** The ends of the windows that are counted, in order. */
  *ends(): Generator<EpochMs, void, undefined> {
    for (let end = this.from + DAY_MS; end < this.to; end += DAY_MS) yield end;
    if (Number.isFinite(this.to)) yield this.to;
  }

  private behind(at: EpochMs, random: Random): Rule[] {
    if (at < this.from) return [];
    const ramp = this.ramp(at);
    const deficits = [...this.allowed].map((rule) => {
      const left = this.left(rule, at);
      const wanted = this.wanted(rule, this.windowOf(at));
      // As a share of what is wanted, so that the rare are not crowded out by the many.
      return { rule, left, late: (left - wanted * (1 - ramp)) / Math.max(1, wanted) + random.between(0, 0.02) };
    });
    return deficits
      .filter(({ left, late }) => left > 0 && late > 0.02)
      .sort((a, b) => b.late - a.late)
      .map(({ rule }) => rule);
  }

  /** The share of the window's deeds that should have been begun by now: all of them some time before its end. */
  private ramp(at: EpochMs): number {
    const start = this.from + this.windowOf(at) * DAY_MS;
    const length = Math.min(start + DAY_MS, this.to) - start;
    return Math.min(1, (at - start + 6 * MINUTE_MS) / Math.max(length * 0.5, length - 8 * HOUR_MS));
  }

  private left(rule: Rule, at: EpochMs): number {
    return this.wanted(rule, this.windowOf(at)) - (this.done.get(this.keyOf(rule, at)) ?? 0);
  }

  private wanted(rule: Rule, window: number): number {
    const count = this.perDay?.[rule] ?? 0;
    const start = this.from + window * DAY_MS;
    // The rest of a day that follows whole ones has its part of them.
    return window === 0 ? count : Math.round((count * Math.min(DAY_MS, this.to - start)) / DAY_MS);
  }

  private keyOf(rule: Rule, at: EpochMs): string {
    return `${this.windowOf(at)} ${rule}`;
  }

  private windowOf(at: EpochMs): number {
    return Math.max(0, Math.floor((at - this.from) / DAY_MS));
  }
}
