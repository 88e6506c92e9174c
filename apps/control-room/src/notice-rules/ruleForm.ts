import type { NoticeRule, NoticeRuleBody } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';

/** A notice rule as it is typed. */
export interface RuleForm {
  name: string;
  role: NoticeRule['role'];
  /** Empty: every rule. */
  kinds: NonNullable<NoticeRule['kinds']>;
  leastSeverity: NoticeRule['leastSeverity'];
  minutes: string;
  hours: string;
  escalateToRole: NoticeRule['escalateToRole'];
  enabled: boolean;
}

export function formOf(rule: NoticeRule | null): RuleForm {
  if (!rule) return { name: '', role: 'site-manager', kinds: [], leastSeverity: 'serious', minutes: '', hours: '', escalateToRole: null, enabled: true };
  return {
    name: rule.name,
    role: rule.role,
    kinds: rule.kinds ?? [],
    leastSeverity: rule.leastSeverity,
    minutes: rule.withinMinutesOfLeaving === null ? '' : String(rule.withinMinutesOfLeaving),
    hours: rule.answerWithinWorkingHours === null ? '' : String(rule.answerWithinWorkingHours),
    escalateToRole: rule.escalateToRole,
    enabled: rule.enabled,
  };
}

export type Wrong = Partial<Record<'name' | 'minutes' | 'hours', true>>;

export function wrongsIn({ name, minutes, hours }: RuleForm): Wrong {
  const m = minutes.trim() === '' ? null : Number(minutes);
  const h = hours.trim() === '' ? null : Number(hours);
  return {
    ...(name.trim() === '' ? { name: true } : {}),
    ...(m !== null && !(Number.isInteger(m) && m >= 1 && m <= 1_440) ? { minutes: true } : {}),
    ...(h !== null && !(h > 0 && h <= 1_000) ? { hours: true } : {}),
  };
}

export function bodyOf(form: RuleForm): Omit<NoticeRuleBody, 'id'> {
  return {
    name: form.name.trim(),
    role: form.role,
    kinds: form.kinds.length > 0 ? form.kinds : null,
    leastSeverity: form.leastSeverity,
    withinMinutesOfLeaving: form.minutes.trim() === '' ? null : Number(form.minutes),
    answerWithinWorkingHours: form.hours.trim() === '' ? null : Number(form.hours),
    escalateToRole: form.escalateToRole,
    enabled: form.enabled,
  };
}

/** «Who is told of what at which severity» and what follows from it, as sentences. */
export function sentencesOf(rule: Omit<NoticeRuleBody, 'id'>, kindName: (kind: NonNullable<NoticeRule['kinds']>[number]) => string, t: Words): string[] {
  const r = t.review.rules;
  const kinds = rule.kinds && rule.kinds.length > 0 ? t.list(rule.kinds.map(kindName)) : r.everyKind;
  return [
    r.sentence(t.role[rule.role], kinds, t.severity[rule.leastSeverity]),
    ...(rule.withinMinutesOfLeaving ? [r.leavingWords(rule.withinMinutesOfLeaving)] : []),
    rule.answerWithinWorkingHours ? r.deadlineWords(rule.answerWithinWorkingHours) : r.noDeadline,
    ...(rule.escalateToRole ? [r.escalateWords(t.role[rule.escalateToRole])] : []),
  ];
}
