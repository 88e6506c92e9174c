import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Alert } from '@muckwatch/contract';
import type { AlertStep } from '@muckwatch/domain';
import type { Viewer } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { LiveService } from '../live/live.service.js';
import { Notices } from '../notices/notices.service.js';
import { AlertStore, type WrittenAlert } from './alert.store.js';
import { EvidenceService } from './evidence.service.js';

/** What happens once alerts stand in the database. Commands to drivers join here. */
@Injectable()
export class Alerts implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: AlertStore,
    private readonly notices: Notices,
    private readonly live: LiveService,
    private readonly evidence: EvidenceService,
  ) {}

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
