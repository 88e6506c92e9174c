export { plateWords } from '@muckwatch/contract';

/** For finding: without dots and blanks, in capitals. */
export function plateKey(text: string): string {
  return text.replace(/[·•.\s-]/g, '').toUpperCase();
}
