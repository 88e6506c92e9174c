import type { Account } from '@muckwatch/contract';
import type { Column } from './table.js';

const FIELDS = ['username', 'name', 'role', 'districtIds', 'companyIds', 'placeIds'] as const;

/** The columns that an import reads, under the names by which it reads them; no passwords. */
export const ACCOUNT_COLUMNS: Column<Account>[] = FIELDS.map((field) => ({
  zh: field,
  en: field,
  of: (account) => {
    const value = account[field];
    return Array.isArray(value) ? value.join(';') : value;
  },
}));
