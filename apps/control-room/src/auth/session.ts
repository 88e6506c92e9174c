import type { Account } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, post, Refused, whenSignedOut } from '../app/api.js';

/** Who sits here. `ended`: whose session ran out on this page; null where nobody came yet. */
export type Session = { state: 'checking' } | { state: 'out'; ended: string | null; unreachable: boolean } | { state: 'in'; account: Account };

export const useSession = create<{ session: Session }>(() => ({ session: { state: 'checking' } }));

/** Who was last here: the account that this page has read and written as. */
let lastHere: string | null = null;

function become(session: Session): void {
  if (session.state === 'in') lastHere = session.account.id;
  useSession.setState({ session });
}

export async function resume(): Promise<void> {
  try {
    become({ state: 'in', account: await get<Account>('/auth/me') });
  } catch (error) {
    become({ state: 'out', ended: null, unreachable: !(error instanceof Refused) || error.status !== 401 });
  }
}

/** `code`: of the authenticator, once the server has asked for it. */
export async function signIn(username: string, password: string, code: string | null = null): Promise<void> {
  await post('/auth/login', { username, password, ...(code === null ? {} : { code }) });
  const account = await get<Account>('/auth/me');
  // What another person had read, opened or half written is not theirs to see: the page is taken anew.
  if (lastHere !== null && lastHere !== account.id) location.reload();
  else become({ state: 'in', account });
}

export async function signOut(): Promise<void> {
  // Even where the server cannot be told, this page forgets: the cookie cannot be read here and ends by its own time.
  await post('/auth/logout').catch(() => undefined);
  become({ state: 'out', ended: null, unreachable: false });
}

export async function changePassword(current: string, next: string): Promise<void> {
  await post('/auth/password', { current, next });
}

export function sessionEnded(): void {
  const { session } = useSession.getState();
  if (session.state === 'in') become({ state: 'out', ended: session.account.username, unreachable: false });
}

whenSignedOut(sessionEnded);

/** The password was right, and the account has a second factor. */
export const needsCode = (error: unknown): boolean => error instanceof Refused && error.type === 'urn:muckwatch:code-needed';
export const isCodeWrong = (error: unknown): boolean => error instanceof Refused && error.type === 'urn:muckwatch:code-wrong';

/** What the account says of itself changed under our own hands. */
export async function readMe(): Promise<void> {
  become({ state: 'in', account: await get<Account>('/auth/me') });
}
