import type { EvidenceNumbers, Finding, RuleCode, Severity } from './alert.js';
import type { Limits } from './limits.js';
import type { Moment, SightingMoment, TickMoment } from './moment.js';

/** What a rule found at one moment; `advance` adds the rule and the time. */
export type Found = Omit<Finding, 'rule' | 'at'>;

export interface Sentence {
  zh: string;
  en: string;
}

/** A rule's state after a step and what the step found. */
export interface Stepped<State> {
  state: State;
  findings: Found[];
}

/**
 * What is forbidden, as pure steps over one truck's moments in event time.
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
  /** A believed report. */
  step?(state: State, moment: Moment, limits: L): Stepped<State>;
  /** What a camera saw; asked again when more is known of that time, at last once a report 30 s later is, unless it found something before. */
  see?(state: State, moment: SightingMoment, limits: L): Stepped<State>;
  /** Time has gone by, by the server's clock. Asked only where the rule has a state. */
  tick?(state: State, moment: TickMoment, limits: L): Stepped<State>;
  /** What the truck did, with the numbers: the predicate of the alert's sentence. */
  say(evidence: EvidenceNumbers): Sentence;
}
