import type { Account, Role } from '@muckwatch/contract';
import { useSession } from './session.js';

/** What a person does on these pages. The server holds everybody to the same; the pages only keep from offering what would be refused. */
export type Deed =
  | 'decide'
  | 'tell'
  | 'command'
  | 'review'
  | 'audit'
  | 'administer'
  | 'plan'
  | 'make-routes'
  | 'keep-drivers'
  | 'refuse-loads'
  | 'see-notices'
  | 'see-city'
  | 'set-for-all';

/** What decides it: the role, and what of the city the account sees. */
export type Person = Pick<Account, 'role' | 'districtIds' | 'companyIds' | 'placeIds'>;

interface Asked {
  roles: readonly Role[];
  /** What is nobody's part of the city: only for those who see all of it. */
  wholeCity?: true;
}

const PLANNERS: readonly Role[] = ['admin', 'supervisor'];
const DECIDERS: readonly Role[] = ['admin', 'supervisor', 'operator'];

const DEEDS: Record<Deed, Asked> = {
  decide: { roles: DECIDERS },
  tell: { roles: DECIDERS },
  command: { roles: DECIDERS },
  review: { roles: PLANNERS },
  audit: { roles: PLANNERS },
  administer: { roles: ['admin'] },
  plan: { roles: PLANNERS },
  // A route is seen through a permit that names it: a new one has none yet, so it would be nobody's.
  'make-routes': { roles: PLANNERS, wholeCity: true },
  'keep-drivers': { roles: ['admin', 'dispatcher'] },
  'refuse-loads': { roles: ['admin', 'supervisor', 'yard-keeper'] },
  // Everybody else sees what was told to them, and cannot say whether others were told.
  'see-notices': { roles: [...DECIDERS, 'dispatcher'] },
  // Quarantine and the rule lab.
  'see-city': { roles: [...DECIDERS, 'viewer'], wholeCity: true },
  // Rules of notices, the working calendar, limits of rules, runs of the rule lab, quarantine offered again.
  'set-for-all': { roles: PLANNERS, wholeCity: true },
};

/** Why something is not offered: the role is not for it, or the account sees a part of the city only. Null: it is offered. */
export function whyNot({ role, districtIds, companyIds, placeIds }: Person, deed: Deed): 'role' | 'part' | null {
  const { roles, wholeCity } = DEEDS[deed];
  if (!roles.includes(role)) return 'role';
  return wholeCity && (districtIds !== null || companyIds !== null || placeIds !== null) ? 'part' : null;
}

export const may = (person: Person, deed: Deed): boolean => whyNot(person, deed) === null;

/** Outside React: for keys. */
export function mayNow(deed: Deed): boolean {
  const { session } = useSession.getState();
  return session.state === 'in' && may(session.account, deed);
}

export const useMay = (deed: Deed): boolean => useSession(({ session }) => session.state === 'in' && may(session.account, deed));

/** Nobody signed in may do nothing, by their role. */
export const useWhyNot = (deed: Deed): 'role' | 'part' | null => useSession(({ session }) => (session.state === 'in' ? whyNot(session.account, deed) : 'role'));

/** Whether somebody named so is the one who sits here: records say a person's name. */
export const useIsMe = (): ((name: string) => boolean) => {
  const session = useSession((s) => s.session);
  return (name) => session.state === 'in' && (name === session.account.name || name === session.account.username || name === session.account.id);
};
