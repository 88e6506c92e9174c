import { createTransport } from 'nodemailer';
import { linkWords, type Message } from '../message.js';
import { done, failure, type Outcome, type Target } from './outcome.js';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

export interface MailSettings {
  smtpUrl: string;
  from: string;
  /** The host that message ids end in. */
  host: string;
}

/** A mail, as text and as HTML, Chinese first. Its Message-ID is the same at every attempt: mail systems keep one of each. */
export async function toEmail(message: Message, { address }: Target, { smtpUrl, from, host }: MailSettings): Promise<Outcome> {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS });
  try {
    const { response } = await transport.sendMail({
      from: { name: '渣土通 MuckWatch', address: from },
      to: address,
      subject: `【渣土通】${message.title.zh} / ${message.title.en}`,
      text: textOf(message),
      html: htmlOf(message),
      attachments: message.enclosures?.map(({ filename, type, content }) => ({ filename, contentType: type, content })),
      messageId: `<${message.id}@${host}>`,
      headers: { 'X-MuckWatch-Delivery': message.id, 'Auto-Submitted': 'auto-generated' },
    });
    return done(response, false);
  } catch (error) {
    const { message: why, responseCode } = error as { message: string; responseCode?: number };
    // 5xx: the server will not take it, however often it is asked.
    return failure(why, { permanent: responseCode !== undefined && responseCode >= 500 });
  } finally {
    transport.close();
  }
}

function textOf(message: Message): string {
  const { title, lines, url } = message;
  const { zh, en } = linkWords(message);
  return [title.zh, ...lines.zh, `${zh}：${url}`, '', title.en, ...lines.en, `${en}: ${url}`, ''].join('\n');
}

function htmlOf(message: Message): string {
  const { title, lines, url } = message;
  const words = linkWords(message);
  const part = (head: string, texts: string[], link: string) =>
    `<h2 style="font-size:18px">${escaped(head)}</h2>${texts.map((text) => `<p>${escaped(text)}</p>`).join('')}<p><a href="${escaped(url)}">${link}</a></p>`;
  const body = part(title.zh, lines.zh, words.zh) + '<hr>' + part(title.en, lines.en, words.en);
  return `<!doctype html><html><body style="font-family:sans-serif;font-size:16px;line-height:1.5">${body}</body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
