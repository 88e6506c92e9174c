import type { EvidenceNumbers, Finding, RuleCode, Severity } from './alert.js';
import type { Limits } from './limits.js';
import type { Moment } from './moment.js';

/** What a rule found at one moment; `advance` adds the rule and the time. */
export type Found = Omit<Finding, 'rule' | 'at'>;

export interface Sentence {
  zh: string;
  en: string;
}

/**
 * What is forbidden, as a pure step over one truck's moments in event time.
 * The state must survive JSON: no `Date`, no `Map`, no `undefined` that matters.
 */
export interface Rule<State, L extends Limits> {
  code: RuleCode;
  name: Sentence;
  /** One sentence of what it means, for people. */
  description: Sentence;
  /** Severity it opens with; a finding may raise it. */
  severity: Severity;
  limits: L;
  start: State;
  step(state: State, moment: Moment, limits: L): { state: State; findings: Found[] };
  /** What the truck did, with the numbers: the predicate of the alert's sentence. */
  say(evidence: EvidenceNumbers): Sentence;
}
