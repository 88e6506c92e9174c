import { type RuleCode, type Severity, SEVERITIES } from './alert.js';
import type { VolumeKind } from './notice.js';
import { MINUTE_MS } from './time.js';

/** What a notice is about: a rule's alert, or the volume that a permit allows. */
export type NoticeKind = RuleCode | VolumeKind;

/** Who is told of what: the people of a role whose scope covers the occasion. */
export interface NoticeRule {
  id: string;
  role: string;
  /** Null: every one. */
  kinds: readonly NoticeKind[] | null;
  leastSeverity: Severity;
  /** Only where the truck left the site so recently. */
  withinMinutesOfLeaving: number | null;
  answerWithinWorkingHours: number | null;
  escalateToRole: string | null;
  enabled: boolean;
}

export interface Occasion {
  kind: NoticeKind;
  severity: Severity;
  /** How long before it began the truck left the site; null: nobody knows of a haul. */
  sinceLeavingMs: number | null;
}

/** Somebody who is told, and what the rules that name them ask of them. */
export interface Recipient<P> {
  person: P;
  /** The first rule that names them. */
  ruleId: string;
  /** The shortest of all rules that name them; null: none asks for an answer. */
  answerWithinWorkingHours: number | null;
  escalateToRole: string | null;
}

export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** Everybody who is told, each once however many rules name them. `covers` says whether the person's scope takes in the occasion. */
export function recipients<P extends { role: string }>(
  rules: readonly NoticeRule[],
  people: readonly P[],
  occasion: Occasion,
  covers: (person: P) => boolean,
): Recipient<P>[] {
  const speaking = rules.filter((rule) => speaks(rule, occasion));
  if (speaking.length === 0) return [];
  return people.flatMap((person) => {
    const naming = speaking.filter(({ role }) => role === person.role);
    if (naming.length === 0 || !covers(person)) return [];
    const hours = naming.flatMap(({ answerWithinWorkingHours }) => answerWithinWorkingHours ?? []);
    return {
      person,
      ruleId: naming[0]!.id,
      answerWithinWorkingHours: hours.length > 0 ? Math.min(...hours) : null,
      escalateToRole: naming.find(({ escalateToRole }) => escalateToRole !== null)?.escalateToRole ?? null,
    };
  });
}

/** Whether a rule has anything to say of it, whoever is told. */
export function speaks(rule: NoticeRule, { kind, severity, sinceLeavingMs }: Occasion): boolean {
  if (!rule.enabled || !isAtLeast(severity, rule.leastSeverity)) return false;
  if (rule.kinds !== null && !rule.kinds.includes(kind)) return false;
  if (rule.withinMinutesOfLeaving === null) return true;
  return sinceLeavingMs !== null && sinceLeavingMs <= rule.withinMinutesOfLeaving * MINUTE_MS;
}
