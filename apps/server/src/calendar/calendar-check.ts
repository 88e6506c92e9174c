import type { WorkingHoursBody, WorkingYear } from '@muckwatch/contract';
import type { Fault } from '../refusal.js';
import { cited } from '../refusal.js';

/** What a schema cannot say of working hours: each window ends after it began and begins after the one before. */
export function faultsOfHours({ hours, weekdays }: WorkingHoursBody): Fault[] {
  const faults: Fault[] = [];
  for (const [i, { from, to }] of hours.entries()) {
    const before = hours[i - 1];
    if (to <= from) faults.push({ path: `hours.${i}.to`, message: { en: `must be after ${from}, not "${to}"`, zh: `必须晚于 ${from}，而不是${cited(to)}` } });
    if (before && from <= before.to)
      faults.push({
        path: `hours.${i}.from`,
        message: {
          en: `must be after ${before.to}, where the window before ends, not "${from}"`,
          zh: `必须晚于上一时段的结束 ${before.to}，而不是${cited(from)}`,
        },
      });
  }
  for (const [i, day] of weekdays.entries())
    if (weekdays.indexOf(day) < i) faults.push({ path: `weekdays.${i}`, message: { en: `is said twice: ${day}`, zh: `重复了：${day}` } });
  return faults;
}

/** And of a year: its days lie in it and each is one thing. */
export function faultsOfYear({ year, holidays, workdays, names = {} }: WorkingYear): Fault[] {
  const faults: Fault[] = [];
  const said = new Map<string, string>();
  for (const [field, days] of [['holidays', holidays] as const, ['workdays', workdays] as const]) {
    for (const [i, day] of days.entries()) {
      const path = `${field}.${i}`;
      const before = said.get(day);
      if (!day.startsWith(`${year}-`))
        faults.push({ path, message: { en: `must lie in ${year}, not "${day}"`, zh: `必须在 ${year} 年内，而不是${cited(day)}` } });
      else if (before !== undefined) faults.push({ path, message: { en: `"${day}" is said already at ${before}`, zh: `${cited(day)}与 ${before} 重复` } });
      else said.set(day, path);
    }
  }
  for (const day of Object.keys(names))
    if (!said.has(day))
      faults.push({ path: `names.${day}`, message: { en: 'names a day that is neither a holiday nor a workday', zh: '这一天既不是放假日，也不是调休上班日' } });
  return faults;
}
