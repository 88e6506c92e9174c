import { linkWords, type Message } from '../message.js';

/** Cuts a text to so many bytes of UTF-8, between characters. */
export function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = '';
  let used = Buffer.byteLength('…');
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Chinese, then English, then where it is answered; what is cut is the text, never the link. */
export function markdown(message: Message, bytes: number): string {
  const { title, lines, url } = message;
  const link = `\n\n[${linkWords(message).zh} / Open](${url})`;
  const text = [`**${plain(title.zh)}**`, ...lines.zh.map(plain), '', plain(title.en), ...lines.en.map(plain)].join('\n\n');
  return cut(text, bytes - Buffer.byteLength(link)) + link;
}

/** What a robot would read as its own marks, and as a call of everybody in the group. */
function plain(text: string): string {
  return text.replaceAll(/[<>*_`[\]]/g, ' ').replaceAll('@', '＠');
}
