import type { AnyRule } from '@muckwatch/domain';
import type { Fault } from '../problem.js';

/** What is wrong with limits for a rule: names that it has not, and numbers below zero. */
export function faultsOfLimits(rule: AnyRule, limits: Record<string, number>): Fault[] {
  const names = Object.keys(rule.limits);
  return Object.entries(limits).flatMap(([name, value]) => {
    if (!names.includes(name)) return [{ path: `limits.${name}`, message: `is no limit of ${rule.code}, which has ${names.join(', ')}` }];
    return value < 0 ? [{ path: `limits.${name}`, message: `must not be below 0, not ${value}` }] : [];
  });
}
