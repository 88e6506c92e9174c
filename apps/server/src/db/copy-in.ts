/**
 * COPY … FROM STDIN. The engine aborts (an «unreachable» trap) when it is asked to read rows from the wire, so the front collects them
 * and offers them as the engine's one device, /dev/blob.
 */

const WHOLE = /^\s*copy\s[^;]*\sfrom\s+stdin\b[^;]*;?\s*$/i;
const ANYWHERE = /\bcopy\b[\s\S]*\bfrom\s+stdin\b/i;

/** `copy`: a COPY FROM STDIN by itself, which the front carries out. `refused`: one inside other text, which must not reach the engine. */
export function copyFromStdin(sql: string): 'copy' | 'refused' | null {
  if (WHOLE.test(sql)) return 'copy';
  return ANYWHERE.test(sql) ? 'refused' : null;
}

export function copyFormat(sql: string): 'text' | 'binary' {
  return /\bformat\s+'?binary\b|\bbinary\s*;?\s*$/i.test(sql) ? 'binary' : 'text';
}

export function copyFromBlob(sql: string): string {
  return sql.replace(/\sfrom\s+stdin\b/i, " from '/dev/blob'");
}
