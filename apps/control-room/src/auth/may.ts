import type { Role } from '@muckwatch/contract';
import { useSession } from './session.js';

/** What a person does on these pages. The server holds everybody to the same; the pages only keep from offering what would be refused. */
export type Deed = 'decide' | 'tell' | 'command' | 'review' | 'audit' | 'administer';

const DEEDS: Record<Deed, readonly Role[]> = {
  decide: ['admin', 'supervisor', 'operator'],
  tell: ['admin', 'supervisor', 'operator'],
  command: ['admin', 'supervisor', 'operator'],
  review: ['admin', 'supervisor'],
  audit: ['admin', 'supervisor'],
  administer: ['admin'],
};

export const may = (role: Role, deed: Deed): boolean => DEEDS[deed].includes(role);

/** Outside React: for keys. */
export function mayNow(deed: Deed): boolean {
  const { session } = useSession.getState();
  return session.state === 'in' && may(session.account.role, deed);
}

export const useMay = (deed: Deed): boolean => useSession(({ session }) => session.state === 'in' && may(session.account.role, deed));

/** Whether somebody named so is the one who sits here: records say a person's name. */
export const useIsMe = (): ((name: string) => boolean) => {
  const session = useSession((s) => s.session);
  return (name) => session.state === 'in' && (name === session.account.name || name === session.account.username || name === session.account.id);
};
