import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Alert } from '@muckwatch/contract';
import type { AlertStep } from '@muckwatch/domain';
import { AuthService, type Left } from '../auth/auth.service.js';
import { DECIDERS } from '../auth/roles.js';
import type { Viewer } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { seesAlert } from '../live/board.js';
import { LiveService } from '../live/live.service.js';
import { Directory } from '../notices/directory.js';
import { Notices } from '../notices/notices.service.js';
import { ownedAlertOf } from './alert-row.js';
import { AlertStore, type WrittenAlert } from './alert.store.js';
import { EvidenceService } from './evidence.service.js';
import { Refusal } from '../refusal.js';

/** What happens once alerts stand in the database. Commands to drivers join here. */
@Injectable()
export class Alerts implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: AlertStore,
    private readonly notices: Notices,
    private readonly live: LiveService,
    private readonly evidence: EvidenceService,
    private readonly directory: Directory,
    auth: AuthService,
  ) {
    auth.onLeft((left) => this.#giveBack(left));
  }

  async onModuleInit(): Promise<void> {
    // Oldest first: where the board is full, it forgets what it was told first.
    for (const owned of (await this.store.current()).reverse()) this.live.alert(owned);
  }

  /** After the commit of a batch, in the order of its rows. */
  committed(written: WrittenAlert[]): void {
    for (const one of written) this.live.alert(one);
  }

  /** After the commit: episodes that ended in time after a word to the driver. Whoever was told of the violation is told this too. */
  putRight(written: WrittenAlert[]): void {
    this.committed(written);
  }

  /** Who may have an alert in hand: those who decide alerts and see it. */
  async assignees(viewer: Viewer, id: string): Promise<{ accountId: string; name: string }[]> {
    const { row } = await this.store.one(viewer.scope, id);
    const owned = ownedAlertOf(row);
    return this.directory.people.filter(({ role, scope }) => DECIDERS.includes(role) && seesAlert(scope, owned));
  }

  /** @throws Refusal 400 where that person does not decide alerts, or does not see this one */
  async assign(viewer: Viewer, id: string, accountId: string | null): Promise<Alert[]> {
    const { alert } = await this.store.one(viewer.scope, id);
    const to = accountId === null ? null : ((await this.assignees(viewer, id)).find((one) => one.accountId === accountId) ?? undefined);
    if (to === undefined)
      throw new Refusal(400, {
        en: `accountId ${accountId}: nobody who decides alerts and sees alert ${id}.`,
        zh: `accountId ${accountId}：这个人不处置告警，或看不到告警 ${id}。`,
      });
    const assigned = await this.store.assign(this.database, viewer, alert.incident, to && { id: to.accountId, name: to.name });
    for (const one of assigned) this.live.alert(one);
    return assigned.map((one) => one.alert);
  }

  /** What somebody had in hand who decides alerts no more is nobody's: the queue offers it again, and its steps say who took it from them. */
  async #giveBack({ accountId, by }: Left): Promise<void> {
    // From now on nobody can give them anything.
    await this.directory.load();
    for (const one of await this.store.passOn(this.database, by, accountId, null)) this.live.alert(one);
  }

  async step(viewer: Viewer, id: string, step: AlertStep, reason: string | null): Promise<Alert> {
    // Whoever was told of it is told in the same transaction that it stands no longer, or stands again.
    const { stepped, told } = await this.database.transaction(async (client) => {
      const stepped = await this.store.step(client, viewer, id, step, reason);
      return { stepped, told: await this.notices.write(client, [{ ...stepped, opened: false }], { by: viewer.name, text: reason }) };
    });
    this.live.alert(stepped);
    this.notices.committed([stepped], told);
    // A confirmed alert will be held against somebody: what it rests on is sealed now.
    if (step === 'confirm') await this.evidence.seal(id);
    return stepped.alert;
  }
}
