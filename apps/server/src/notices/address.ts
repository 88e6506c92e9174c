import type { Sentence } from '@muckwatch/domain';
import type { PersonalChannel } from './directory.js';
import { isPrivateAddress } from './channels/private-address.js';
import { isIP } from 'node:net';

const MAIL = /^[^\s@<>,;:"()[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;
const TELEPHONE = /^\+?\d{5,20}$/;

/**
 * What is wrong with a channel's address; null: nothing that can be seen from here. `open`: plain http and private addresses are allowed. What a name resolves to is
 * looked at when it is asked.
 */
export function faultOfAddress(kind: PersonalChannel['kind'], address: string, open: boolean): Sentence | null {
  if (kind === 'email') return MAIL.test(address) ? null : { en: 'must be a mail address such as name@example.com', zh: '必须是邮箱地址，如 name@example.com' };
  if (kind === 'sms')
    return TELEPHONE.test(address)
      ? null
      : { en: 'must be a telephone number: 5–20 digits, with or without + before them', zh: '必须是电话号码：5～20 位数字，前面可以有 +' };
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol)) return { en: 'must be an https URL', zh: '必须是 https 地址' };
  if (url.username !== '' || url.password !== '') return { en: 'must not bear a user name or password', zh: '地址中不能有用户名或密码' };
  if (open) return null;
  if (url.protocol !== 'https:')
    return { en: 'must be an https URL (plain http only where NOTICE_HTTP=allow)', zh: '必须是 https 地址（设置 NOTICE_HTTP=allow 才能用 http）' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isPrivateAddress(host)))
    return { en: `must not be on this machine or a private network: ${host}`, zh: `不能在本机或内部网络上：${host}` };
  return null;
}
