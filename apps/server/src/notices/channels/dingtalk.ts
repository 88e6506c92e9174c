import { createHmac } from 'node:crypto';
import type { Message } from '../message.js';
import { ask, robotCode } from './ask.js';
import { done, failure, type Outcome, type Target } from './outcome.js';
import { markdown } from './text.js';

const MOST_BYTES = 18_000;
/** «send too fast»: 20 messages a minute and robot, then none for ten minutes. */
const TOO_OFTEN = [130_101, 410_100];
const TEN_MINUTES_MS = 600_000;
/** No such robot. */
const UNKNOWN = 300_001;

/**
 * A group robot of DingTalk 钉钉自定义机器人: `https://oapi.dingtalk.com/robot/send?access_token=…`. With a secret the address also bears `timestamp` (ms) and
 * `sign` = base64(HMAC-SHA256(secret, timestamp \n secret)).
 */
export async function toDingtalk(message: Message, { address, secret }: Target, how: { open: boolean; signal: AbortSignal }): Promise<Outcome> {
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { title: message.title.zh, text: markdown(message, MOST_BYTES) } });
  const url = secret === null ? address : signed(address, secret, Date.now());
  const answered = await ask(url, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-MuckWatch-Delivery': message.id }, body }, how);
  const found = robotCode(answered, ['errcode']);
  if ('ok' in found) return found;
  if (found.code === 0) return done(found.said, true);
  return failure(found.said, { retryAfterMs: TOO_OFTEN.includes(found.code) ? TEN_MINUTES_MS : null, permanent: found.code === UNKNOWN });
}

function signed(address: string, secret: string, timestamp: number): string {
  const url = new URL(address);
  url.searchParams.set('timestamp', String(timestamp));
  url.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
  return url.href;
}
