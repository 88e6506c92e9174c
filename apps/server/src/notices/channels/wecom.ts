import type { Message } from '../message.js';
import { ask, robotCode } from './ask.js';
import { done, failure, type Outcome, type Target } from './outcome.js';
import { markdown } from './text.js';

/** Bytes of a markdown message. */
const MOST_BYTES = 4_096;
/** «API freq out of limit»: 20 messages a minute and robot. */
const TOO_OFTEN = 45_009;
/** No such robot. */
const UNKNOWN = 93_000;
const MINUTE_MS = 60_000;

/** A group robot of WeCom 企业微信群机器人: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…`. It answers 200 to everything; `errcode` says how it went. */
export async function toWecom(message: Message, { address }: Target, how: { open: boolean; signal: AbortSignal }): Promise<Outcome> {
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: markdown(message, MOST_BYTES) } });
  const answered = await ask(address, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-MuckWatch-Delivery': message.id }, body }, how);
  const found = robotCode(answered, ['errcode']);
  if ('ok' in found) return found;
  if (found.code === 0) return done(found.said, true);
  return failure(found.said, { retryAfterMs: found.code === TOO_OFTEN ? MINUTE_MS : null, permanent: found.code === UNKNOWN });
}
