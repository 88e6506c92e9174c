import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isWholeCity, type Scope } from '../auth/viewer.js';
import { Audit } from '../audit/audit.service.js';
import { detailOf } from '../audit/audit-detail.js';
import { Config } from '../config.js';
import { FleetService } from '../fleet/fleet.service.js';
import type { Outcome } from '../notices/channels/outcome.js';
import { Directory } from '../notices/directory.js';
import { type Enclosure, type Message, reportMessage } from '../notices/message.js';
import { Outbox, type ReportDrawer } from '../notices/outbox.service.js';
import type { DueDelivery } from '../notices/outbox.store.js';
import { paperBytes, PDF, SHEET, weeklyPaper } from './weekly-paper.js';
import { weeklySheets } from './weekly-sheet.js';
import { Weekly } from './weekly.service.js';

/** Drawn files of so many parts of the city are kept while they are sent: many people see the same. */
const KEPT = 4;

/** Draws a report when it is sent: of what its reader may see at that moment, whatever it was when the message was written. */
@Injectable()
export class ReportDrawing implements ReportDrawer, OnModuleInit {
  readonly #drawn = new Map<string, Promise<Enclosure[]>>();

  constructor(
    private readonly outbox: Outbox,
    private readonly directory: Directory,
    private readonly weekly: Weekly,
    private readonly fleet: FleetService,
    private readonly audit: Audit,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.outbox.reportsBy(this);
  }

  async message({ id, accountId, channel, reportWeek }: DueDelivery): Promise<Message | null> {
    const person = this.directory.person(accountId);
    if (reportWeek === null || person === null || !this.directory.weeklyReport(person)) return null;
    const files = channel === 'email';
    // What cannot be recorded must not leave.
    if (files && !this.audit.writable) throw new Error('the audit cannot be written at the moment');
    const numbers = await this.weekly.numbers(person.scope, reportWeek);
    const { from, to } = numbers.figures.period;
    const enclosures = files ? await this.#files(person.scope, reportWeek) : [];
    const { publicUrl, cityTimeZone: timeZone } = this.config;
    return reportMessage(id, { week: reportWeek, from, to, whole: isWholeCity(person.scope), enclosures }, { publicUrl, timeZone });
  }

  /** Files that were taken are an export like any other. */
  async attempted({ accountId, reportWeek, channel, address }: DueDelivery, { enclosures }: Message, outcome: Outcome): Promise<void> {
    if (!outcome.ok || !enclosures?.length) return;
    const person = this.directory.person(accountId);
    const detail = detailOf({ channel, to: address, files: enclosures.map(({ filename, content }) => ({ filename, bytes: content.length })) });
    const who = { accountId, username: person?.username ?? null, role: person?.role ?? null, address: null };
    await this.audit.add({ ...who, action: 'weekly report mailed', target: reportWeek, status: 200, detail });
  }

  #files(scope: Scope, week: string): Promise<Enclosure[]> {
    const key = JSON.stringify([week, scope]);
    const known = this.#drawn.get(key);
    if (known) return known;
    const drawn = this.#draw(scope, week);
    this.#drawn.set(key, drawn);
    drawn.catch(() => this.#drawn.delete(key));
    if (this.#drawn.size > KEPT) this.#drawn.delete(this.#drawn.keys().next().value!);
    return drawn;
  }

  async #draw(scope: Scope, week: string): Promise<Enclosure[]> {
    const numbers = await this.weekly.numbers(scope, week);
    return [
      { filename: `weekly-${week}.pdf`, type: PDF, content: await paperBytes(weeklyPaper(numbers, this.fleet.utcOffset)) },
      { filename: `weekly-${week}.xlsx`, type: SHEET, content: await weeklySheets(numbers, this.fleet.utcOffset) },
    ];
  }
}
