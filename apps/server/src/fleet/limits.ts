import type { AnyRule } from '@muckwatch/domain';
import type { Fault } from '../refusal.js';

/** What is wrong with limits for a rule: names that it has not, and numbers below zero. */
export function faultsOfLimits(rule: AnyRule, limits: Record<string, number>): Fault[] {
  const names = Object.keys(rule.limits);
  return Object.entries(limits).flatMap(([name, value]) => {
    if (!names.includes(name))
      return [
        {
          path: `limits.${name}`,
          message: { en: `is no limit of ${rule.code}, which has ${names.join(', ')}`, zh: `不是规则“${rule.name.zh}”的限值，它的限值有 ${names.join('、')}` },
        },
      ];
    return value < 0 ? [{ path: `limits.${name}`, message: { en: `must not be below 0, not ${value}`, zh: `不得小于 0，而不是 ${value}` } }] : [];
  });
}
