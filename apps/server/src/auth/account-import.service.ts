import { Injectable } from '@nestjs/common';
import { type Account, type AccountImportAnswer, MOST_ACCOUNT_ROWS } from '@muckwatch/contract';
import type { Preview } from '../language.js';
import { Faults, faulty, Refusal } from '../refusal.js';
import { type KnownAccounts, type PlannedAccount, planAccounts } from './account-plan.js';
import { AccountStore, type WrittenAccount } from './account.store.js';
import { AuthService, makeAccountId } from './auth.service.js';
import { hashPassword, makePassword } from './passwords.js';
import type { Scope, Viewer } from './viewer.js';

/** Many accounts from one file: all of its rows or none. */
@Injectable()
export class AccountImport {
  constructor(
    private readonly accounts: AccountStore,
    private readonly auth: AuthService,
  ) {}

  /** What the import of these rows would do, every bad row with its faults. Nothing is written, no password made. */
  async preview(rows: unknown[]): Promise<Preview> {
    const { planned } = await this.#plan(rows);
    return { items: planned.map(({ row, username, result, changes, faults }) => ({ row, id: username, result, changes, faults })) };
  }

  /** The passwords that were made are in this answer and nowhere else. */
  async import(by: Viewer, rows: unknown[]): Promise<AccountImportAnswer> {
    const { planned, known } = await this.#plan(rows);
    const wrong = planned.filter(({ result }) => result === 'bad');
    if (wrong.length > 0) {
      const faults = wrong.flatMap(({ row, faults }) => faults.map(({ path, message }) => ({ path: `row ${row}: ${path}`.replace(/: $/, ''), message })));
      throw new Faults(faults, {
        en: `${wrong.length} of ${rows.length} rows cannot be used; nothing was imported.`,
        zh: `${rows.length} 行中有 ${wrong.length} 行不能用，没有导入任何内容。`,
      });
    }
    const made: (AccountImportAnswer['items'][number] & { write: WrittenAccount })[] = [];
    for (const one of planned) made.push(await madeOf(one, known));
    const written = await this.accounts.writeAll(made.filter(({ result }) => result !== 'unchanged').map(({ write }) => write));
    if (written === 'taken')
      throw new Refusal(409, {
        en: 'A user name of the file was taken meanwhile; look at the file again.',
        zh: '文件中的一个账号名刚刚被占用，请重新核对文件。',
      });
    if (written === 'last-admin')
      throw new Refusal(409, { en: 'This would leave nobody who looks after accounts; nothing was imported.', zh: '这样就没有管理员了，没有导入任何内容。' });
    await this.auth.changed(by, weightilyChanged(planned, known));
    return { items: made.map(({ write: _, ...item }) => item) };
  }

  async #plan(rows: unknown[]): Promise<{ planned: PlannedAccount[]; known: KnownAccounts }> {
    if (rows.length > MOST_ACCOUNT_ROWS)
      throw faulty('', { en: `At most ${MOST_ACCOUNT_ROWS} rows are taken at once.`, zh: `一次最多 ${MOST_ACCOUNT_ROWS} 行。` });
    const said = (field: string) => rows.map((row) => (row as Record<string, unknown> | null)?.[field]);
    const texts = (values: unknown[]) => [...new Set(values.filter((value): value is string => typeof value === 'string').map((value) => value.trim()))];
    const ids = (field: keyof Scope) => texts(said(field).flat());
    const found = await this.accounts.named(texts(said('username')));
    const unknown = await this.accounts.unknownIn({ districtIds: ids('districtIds'), companyIds: ids('companyIds'), placeIds: ids('placeIds') });
    const lost = (field: keyof Scope) => new Set(unknown.filter((one) => one.field === field).map(({ id }) => id));
    const known: KnownAccounts = {
      byUsername: new Map(found.map((account) => [account.username, account])),
      unknown: { districtIds: lost('districtIds'), companyIds: lost('companyIds'), placeIds: lost('placeIds') },
      admins: await this.accounts.admins(),
    };
    return { planned: planAccounts(rows, known), known };
  }
}

/** Of a new account with its password hashed; one after the other, so that whoever signs in waits for one of them and not for all. */
async function madeOf({ account, result, password }: PlannedAccount, { byUsername }: KnownAccounts) {
  const { username } = account!;
  const before = byUsername.get(username);
  const id = before?.id ?? makeAccountId();
  const item = { id, username, result: result as 'created' | 'changed' | 'unchanged' };
  if (before) return { ...item, write: { ...account!, id, passwordHash: null } };
  const made = password === null ? makePassword() : null;
  const passwordHash = await hashPassword(password ?? made!);
  return { ...item, ...(made === null ? {} : { secret: made }), write: { ...account!, id, passwordHash } };
}

/** Whoever may do or see something else from now on: another name alone ends nobody's work. */
function weightilyChanged(planned: PlannedAccount[], { byUsername }: KnownAccounts): Account[] {
  return planned
    .filter(({ changes }) => changes.some(({ field }) => field !== 'name'))
    .map(({ account }) => ({ ...byUsername.get(account!.username)!, ...account! }));
}
