import { useWords } from '../i18n/index.js';
import type { Kind } from './kinds.js';

/** What a field is called; one that a file or another programme brought is called by its own name. */
export function useLabel(kind: Kind | null): (field: string) => string {
  const r = useWords().registry;
  return (field) => (kind === 'drivers' && field === 'name' ? r.personName : (r.field[field] ?? field));
}
