import { z } from 'zod';

/** What a refinement says: zod tells the English, and bears the Chinese beside it for whoever answers in Chinese. */
export function saying(en: string, zh: string): { message: string; params: { zh: string } } {
  return { message: en, params: { zh } };
}

/** A pattern, and what is said of a text that does not match it. zod gives a pattern's issue no `params` by itself. */
export function matching(pattern: RegExp, en: string, zh: string) {
  const check = z.regex(pattern, en);
  const test = check._zod.check.bind(check._zod);
  check._zod.check = (payload) => {
    const before = payload.issues.length;
    const done = test(payload);
    for (const issue of payload.issues.slice(before)) Object.assign(issue, { params: { zh } });
    return done;
  };
  return check;
}
