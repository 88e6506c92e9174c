import { cited, type Fault, quoted } from '../refusal.js';

interface Said {
  validFrom?: string | null;
  validTo?: string | null;
}

/** From when to when something is valid, in UTC, and what is wrong with it. */
export function period(said: Said, path = ''): { validFrom: string | null; validTo: string | null; faults: Fault[] } {
  const validFrom = inUtc(said.validFrom);
  const validTo = inUtc(said.validTo);
  const faults: Fault[] = [];
  for (const [field, time] of Object.entries({ validFrom, validTo })) {
    if (time !== null && !keepable(time))
      faults.push({
        path: path + field,
        message: {
          en: `must lie in the years 1 to 9999, not ${quoted(said[field as keyof Said])}`,
          zh: `必须在公元 1 至 9999 年之间，而不是${cited(said[field as keyof Said])}`,
        },
      });
  }
  if (faults.length === 0 && validFrom !== null && validTo !== null && validTo <= validFrom) {
    faults.push({
      path: `${path}validTo`,
      message: { en: `${validTo} is not after validFrom ${validFrom}`, zh: `结束 ${validTo} 不在开始 ${validFrom} 之后` },
    });
  }
  return { validFrom, validTo, faults };
}

function inUtc(time: string | null | undefined): string | null {
  return time ? new Date(time).toISOString() : null;
}

/** PostgreSQL knows no year 0, and ISO 8601 writes one past 9999 with a sign. */
function keepable(time: string): boolean {
  return /^\d{4}-/.test(time) && !time.startsWith('0000');
}
