import type { RuleCode } from './alert.js';
import type { Limits } from './limits.js';
import type { Stepped } from './rule.js';
import type { AnyRule } from './rules/index.js';
import type { TruckState } from './state.js';

/** What a rule may be asked about: a believed report, a sighting, or that time has gone by. */
export type Way = 'step' | 'see' | 'tick';

/** What each way is asked with. */
export type MomentOf<W extends Way> = Parameters<NonNullable<AnyRule[W]>>[1];

/** One rule, as it is asked in one way: of one shape for all of them, which the engine reads faster than rules with and without a `see`. */
export interface Asked<W extends Way> {
  code: RuleCode;
  start: unknown;
  limits: Limits;
  ask: (state: unknown, moment: MomentOf<W>, limits: Limits) => Stepped<unknown>;
}

/** Those of some rules that have something to say in one way. */
export class Asking<W extends Way> {
  readonly asked: readonly Asked<W>[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #starts: readonly unknown[];

  constructor(rules: readonly AnyRule[], way: W) {
    this.asked = rules.flatMap((rule): Asked<W>[] => {
      if (rule[way] === undefined) return [];
      // As the rule stands when it is asked: a test may break one meanwhile.
      const ask: Asked<W>['ask'] = (state, moment, limits) => (rule[way] as Asked<W>['ask'])(state, moment, limits);
      return [{ code: rule.code, start: rule.start, limits: rule.limits, ask }];
    });
    this.#positions = new Map(this.asked.map(({ code }, i) => [code, i]));
    // Time that goes by is nothing to a rule without a state.
    this.#starts = this.asked.map(({ start }) => (way === 'tick' ? undefined : start));
  }

  /**
   * The states of these rules in their order; undefined: it is not to be asked. Goes over what the truck has: most rules have no state most of the time, and asking
   * an object for what it lacks costs 0.1 µs a rule.
   */
  statesOf(byRule: TruckState['byRule']): unknown[] {
    const states = this.#starts.slice();
    for (const code in byRule) {
      const position = this.#positions.get(code);
      if (position !== undefined) states[position] = byRule[code];
    }
    return states;
  }
}

const made: { [W in Way]: WeakMap<readonly AnyRule[], Asking<W>> } = { step: new WeakMap(), see: new WeakMap(), tick: new WeakMap() };

/** Made once for a list of rules. */
export function askingOf<W extends Way>(way: W, rules: readonly AnyRule[]): Asking<W> {
  const known = made[way].get(rules);
  if (known) return known;
  const asking = new Asking(rules, way);
  made[way].set(rules, asking);
  return asking;
}
