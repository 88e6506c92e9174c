import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Role } from '@muckwatch/contract';
import { type Choices, type HoursWindow, MESSAGES_PER_HOUR, type NoticeRule, type Severity } from '@muckwatch/domain';
import { AuthService } from '../auth/auth.service.js';
import { VIEWER_COLUMNS, viewerOf, type ViewerRow } from '../auth/session.store.js';
import { REPORT_READERS } from '../auth/roles.js';
import { type Scope, type Seen, sees } from '../auth/viewer.js';
import { Chore } from '../chore.js';
import { Database } from '../db/database.js';
import { FleetService } from '../fleet/fleet.service.js';
import { NoticeRuleStore } from './rule.store.js';

/** Somebody with an account that is in use. */
export interface Person {
  accountId: string;
  username: string;
  name: string;
  role: Role;
  scope: Scope;
}

export interface PersonalChannel {
  id: string;
  kind: 'email' | 'wecom' | 'dingtalk' | 'feishu' | 'webhook' | 'sms';
  address: string;
  leastSeverity: Severity;
}

const NO_CHOICE: Choices = { quietHours: null, messagesPerHour: MESSAGES_PER_HOUR };
/** What another process edited is known here after so long. */
const EVERY_MS = 30_000;

/** Rules, people and what they chose, in memory: the way of a report asks the database nothing while nobody is to be told. Read at start and after each edit. */
@Injectable()
export class Directory implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Notices');
  readonly #chore = new Chore('Notices', EVERY_MS, () => this.load());
  rules: NoticeRule[] = [];
  #people = new Map<string, Person>();
  #choices = new Map<string, Choices>();
  #channels = new Map<string, PersonalChannel[]>();
  #wantReport = new Set<string>();
  /** Roles that somebody has: a rule for nobody asks nothing. */
  #roles = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly ruleStore: NoticeRuleStore,
    auth: AuthService,
    fleet: FleetService,
  ) {
    const reload = () => void this.load().catch((error: Error) => this.#logger.warn(`Whom to tell is read anew in a while: ${error.message}`));
    auth.onAccounts(reload);
    // A place names its managers.
    fleet.onChanged((what) => what === 'places' && reload());
  }

  onModuleInit(): Promise<void> {
    return this.load();
  }

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** Everything anew, swapped in at once; one after the other, so that what was read first is not kept last. */
  load(): Promise<void> {
    const loading = this.#last.then(() => this.#load());
    this.#last = loading.catch(() => undefined);
    return loading;
  }

  async #load(): Promise<void> {
    const [rules, people, choices, channels] = [
      await this.ruleStore.list(),
      await this.database.query<ViewerRow>(PEOPLE),
      await this.database.query<ChoiceRow>('select account_id, quiet_hours, messages_per_hour, weekly_report from notice_settings'),
      await this.database.query<ChannelRow>('select id, account_id, kind, address, least_severity from notice_channels where enabled order by created_at, id'),
    ];
    this.rules = rules;
    this.#people = new Map(people.rows.map((row) => [row.account_id, personOf(row)]));
    this.#roles = new Set([...this.#people.values()].map(({ role }) => role));
    this.#choices = new Map(choices.rows.map((row) => [row.account_id, { quietHours: row.quiet_hours, messagesPerHour: row.messages_per_hour }]));
    this.#wantReport = new Set(choices.rows.filter((row) => row.weekly_report).map((row) => row.account_id));
    const byAccount = new Map<string, PersonalChannel[]>();
    for (const { id, account_id, kind, address, least_severity } of channels.rows) {
      byAccount.set(account_id, [...(byAccount.get(account_id) ?? []), { id, kind, address, leastSeverity: least_severity }]);
    }
    this.#channels = byAccount;
  }

  get people(): Person[] {
    return [...this.#people.values()];
  }

  person(accountId: string): Person | null {
    return this.#people.get(accountId) ?? null;
  }

  /** Rules that could name somebody. */
  get speaking(): NoticeRule[] {
    return this.rules.filter(({ enabled, role }) => enabled && this.#roles.has(role));
  }

  covering(seen: Seen, role?: string): Person[] {
    return this.people.filter((person) => (role === undefined || person.role === role) && sees(person.scope, seen));
  }

  choices(accountId: string): Choices {
    return this.#choices.get(accountId) ?? NO_CHOICE;
  }

  /** Whether the weekly report is sent to this person; null: their role is not for it. */
  weeklyReport({ accountId, role }: Pick<Person, 'accountId' | 'role'>): boolean | null {
    return REPORT_READERS.includes(role) ? this.#wantReport.has(accountId) : null;
  }

  channels(accountId: string): PersonalChannel[] {
    return this.#channels.get(accountId) ?? [];
  }
}

const PEOPLE = `select ${VIEWER_COLUMNS} from accounts a where not a.disabled order by a.username`;

interface ChoiceRow {
  account_id: string;
  quiet_hours: HoursWindow[] | null;
  messages_per_hour: number;
  weekly_report: boolean;
}

interface ChannelRow {
  id: string;
  account_id: string;
  kind: PersonalChannel['kind'];
  address: string;
  least_severity: Severity;
}

function personOf(row: ViewerRow): Person {
  const { accountId, username, name, role, scope } = viewerOf(row, '');
  return { accountId, username, name, role, scope };
}
