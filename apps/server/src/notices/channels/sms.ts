import type { SmsRequest } from '../../config.js';
import type { Message } from '../message.js';
import { ask, refusedBy } from './ask.js';
import { done, failure, type Outcome, type Target } from './outcome.js';

/** Two texts of a Chinese message; the link is what it is for. */
const MOST_CHARACTERS = 120;

/** A text message through the city's own gateway: the request that SMS_REQUEST describes, with {to}, {text} and {id} filled in as each part of it wants them. */
export async function toSms(message: Message, { address }: Target, template: SmsRequest, signal: AbortSignal): Promise<Outcome> {
  const values = { to: address, text: textOf(message), id: message.id };
  const { method, headers } = template;
  const url = filled(template.url, values, encodeURIComponent);
  // The city's gateway is named by whoever runs this server: it may well stand in the same room.
  const answered = await ask(url, { method, headers: headersOf(headers, values), body: bodyOf(template, values) }, { open: true, signal });
  const refused = refusedBy(answered);
  if (refused) return refused;
  if (template.success && !new RegExp(template.success).test(answered.body)) return failure(`${answered.status} ${answered.body}`);
  return done(`${answered.status} ${answered.body}`.trim(), false);
}

type Values = Record<'to' | 'text' | 'id', string>;

function textOf({ title, lines, url }: Message): string {
  const text = [title.zh, ...lines.zh].join(' ');
  const kept = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…` : text;
  return `【渣土通】${kept} ${url}`;
}

function headersOf(headers: Record<string, string>, values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value, values, (text) => text.replaceAll(/[^\x20-\x7e]/g, '?'))]));
}

function bodyOf({ body, headers }: SmsRequest, values: Values): string | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'object') return JSON.stringify(body, (_, value: unknown) => (typeof value === 'string' ? filled(value, values, (text) => text) : value));
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (type.includes('json')) return filled(body, values, (text) => JSON.stringify(text).slice(1, -1));
  return filled(body, values, type.includes('x-www-form-urlencoded') ? encodeURIComponent : (text) => text);
}

function filled(template: string, values: Values, written: (text: string) => string): string {
  return template.replaceAll(/\{(to|text|id)\}/g, (_, name: keyof Values) => written(values[name]));
}
