import type { Severity } from '@muckwatch/domain';
import { createHmac } from 'node:crypto';
import { linkWords, type Message } from '../message.js';
import { ask, robotCode } from './ask.js';
import { done, failure, type Outcome, type Target } from './outcome.js';
import { cut } from './text.js';

/** Of the whole body 20 KB are taken. */
const MOST_BYTES = 15_000;
/** 100 messages a minute, 5 a second. */
const TOO_OFTEN = [9_499, 11_232];
const MINUTE_MS = 60_000;
const COLOURS: Record<Severity, string> = { critical: 'red', serious: 'orange', minor: 'blue' };

/**
 * A group robot of Feishu 飞书自定义机器人: `https://open.feishu.cn/open-apis/bot/v2/hook/…`. With a secret the body bears `timestamp` (s) and
 * `sign` = base64(HMAC-SHA256(timestamp \n secret, nothing)): there the text to be signed is the key.
 */
export async function toFeishu(message: Message, { address, secret }: Target, how: { open: boolean; signal: AbortSignal }): Promise<Outcome> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = secret === null ? {} : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
  const body = JSON.stringify({ ...signature, msg_type: 'interactive', card: cardOf(message) });
  const answered = await ask(address, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-MuckWatch-Delivery': message.id }, body }, how);
  const found = robotCode(answered, ['code', 'StatusCode']);
  if ('ok' in found) return found;
  if (found.code === 0) return done(found.said, true);
  return failure(found.said, { retryAfterMs: TOO_OFTEN.includes(found.code) ? MINUTE_MS : null });
}

function cardOf(message: Message): object {
  const { title, lines, url, severity } = message;
  const plain = (content: string) => ({ tag: 'plain_text', content });
  return {
    config: { wide_screen_mode: true },
    header: { template: COLOURS[severity], title: plain(cut(`${title.zh} / ${title.en}`, 500)) },
    elements: [
      { tag: 'div', text: plain(cut([...lines.zh, '', ...lines.en].join('\n'), MOST_BYTES)) },
      { tag: 'action', actions: [{ tag: 'button', type: 'primary', text: plain(`${linkWords(message).zh} / Open`), url }] },
    ],
  };
}
