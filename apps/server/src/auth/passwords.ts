import { hash, verify } from '@node-rs/argon2';
import { randomInt } from 'node:crypto';
import { Refusal } from '../refusal.js';

/** OWASP's least for argon2id (its default algorithm here): 19 MiB, two passes, about 0.1 s. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes a libuv thread of four that file reads want too. */
const AT_ONCE = 2;
const WAITING = 40;

/** Without 0 O 1 l I, which nobody reads out right. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** One that nobody can guess: 92 random bits. */
export function makePassword(): string {
  return Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

let running = 0;
const waiting: (() => void)[] = [];

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST));
}

/** Takes the same time where there is no such account (`null`): names cannot be found out by the clock. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const right = await inTurn(async () => verify(passwordHash ?? (await dummy()), password));
  return right && passwordHash !== null;
}

let dummyHash: Promise<string> | undefined;
function dummy(): Promise<string> {
  return (dummyHash ??= hash('nobody has this password', COST));
}
/** Before the first log-in, or that one would take twice the time. */
export const prepareDummy = dummy;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING)
      throw new Refusal(503, { en: 'Too many people are signing in at once; try again in a few seconds.', zh: '同时登录的人太多，请几秒后再试。' });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
