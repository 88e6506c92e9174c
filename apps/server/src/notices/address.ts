import type { PersonalChannel } from './directory.js';
import { isPrivateAddress } from './channels/private-address.js';
import { isIP } from 'node:net';

const MAIL = /^[^\s@<>,;:"()[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;
const TELEPHONE = /^\+?\d{5,20}$/;

/**
 * What is wrong with a channel's address; null: nothing that can be seen from here. `open`: plain http and private addresses are allowed. What a name resolves to is
 * looked at when it is asked.
 */
export function faultOfAddress(kind: PersonalChannel['kind'], address: string, open: boolean): string | null {
  if (kind === 'email') return MAIL.test(address) ? null : 'must be a mail address such as name@example.com';
  if (kind === 'sms') return TELEPHONE.test(address) ? null : 'must be a telephone number: 5–20 digits, with or without + before them';
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol)) return 'must be an https URL';
  if (url.username !== '' || url.password !== '') return 'must not bear a user name or password';
  if (open) return null;
  if (url.protocol !== 'https:') return 'must be an https URL (plain http only where NOTICE_HTTP=allow)';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isPrivateAddress(host)))
    return `must not be on this machine or a private network: ${host}`;
  return null;
}
