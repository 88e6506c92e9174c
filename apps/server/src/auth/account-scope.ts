import { NEEDED_SCOPE, type Role, ROLE_WORDS } from '@muckwatch/contract';
import { type Kind, KINDS } from '../kinds.js';
import { cited, type Fault, quoted } from '../refusal.js';
import { isWholeCity, type Scope } from './viewer.js';

const NAMED: Record<keyof Scope, Kind> = { districtIds: 'district', companyIds: 'company', placeIds: 'place' };

/**
 * What is wrong with a role and what it is to see; null: nothing. An admin gives others their scope, so has none. A dispatcher without a company would see the whole
 * city; site managers may be named by their places instead.
 */
export function scopeFault(role: Role, scope: Scope): Fault | null {
  if (role === 'admin' && !isWholeCity(scope)) {
    const field = (Object.keys(NAMED) as (keyof Scope)[]).find((one) => scope[one] !== null)!;
    return { path: field, message: { en: 'must be null: an admin sees the whole city', zh: '管理员看全市，必须留空' } };
  }
  const needed = NEEDED_SCOPE[role];
  if (!needed || role === 'site-manager' || scope[needed] !== null) return null;
  return { path: needed, message: { en: `is needed for the role ${role}`, zh: `角色“${ROLE_WORDS[role].zh}”必须填写` } };
}

export function unknownFault({ field, id }: { field: keyof Scope; id: string }): Fault {
  return { path: field, message: { en: `${quoted(id)} is no ${NAMED[field]} that is registered`, zh: `${KINDS[NAMED[field]]}${cited(id)}没有登记` } };
}
