import { createHmac } from 'node:crypto';
import type { Message } from '../message.js';
import { ask, refusedBy } from './ask.js';
import { done, type Outcome, type Target } from './outcome.js';

/**
 * A receiver of one's own. The body is JSON: `id` (the same at every attempt), `sentAt`, `event`, `title`, `lines`, `url` and the notice as HTTP gives it, or null.
 *
 *     X-MuckWatch-Delivery   the id again
 *     X-MuckWatch-Timestamp  seconds since 1970, when this attempt was made
 *     X-MuckWatch-Signature  sha256=<hex of HMAC-SHA256(secret, timestamp + "." + body)>
 *
 * Check the signature over the very bytes, refuse a timestamp more than five minutes off, and take each id once: then nothing can be forged, sent again or counted twice.
 * Any 2xx is a receipt.
 */
export async function toWebhook(message: Message, { address, secret }: Target, how: { open: boolean; signal: AbortSignal }): Promise<Outcome> {
  const { id, event, severity, title, lines, url, notice } = message;
  const at = Date.now();
  const timestamp = String(Math.floor(at / 1_000));
  const body = JSON.stringify({ id, sentAt: new Date(at).toISOString(), event, severity, title, lines, url, notice });
  const headers = {
    'Content-Type': 'application/json',
    'X-MuckWatch-Delivery': id,
    'X-MuckWatch-Timestamp': timestamp,
    'X-MuckWatch-Signature': `sha256=${createHmac('sha256', secret ?? '')
      .update(`${timestamp}.${body}`)
      .digest('hex')}`,
  };
  const answered = await ask(address, { method: 'POST', headers, body }, how);
  return refusedBy(answered) ?? done(`${answered.status} ${answered.body}`.trim(), true);
}
