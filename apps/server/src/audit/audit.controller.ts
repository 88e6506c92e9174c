import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { auditPage, auditQuery, type AuditQuery, auditVerdict, type AuditVerdict, matching } from '@muckwatch/contract';
import type { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { AuditStore } from './audit.store.js';
import { verifyAudit } from './verify-audit.js';

const query = auditQuery.extend({
  cursor: auditQuery.shape.cursor
    .unwrap()
    .check(matching(/^\d{1,15}$/, 'must be the nextCursor of a page', '必须是上一页给出的 nextCursor'))
    .optional(),
});
const verifyQuery = auditVerdict.shape.lastSeal.unwrap().pick({ sha256: true }).partial();

/** Who did, changed and took away what, when and from where. */
@ApiTags('audit')
@Controller('audit')
@Roles('admin', 'supervisor')
export class AuditController {
  #running: Promise<AuditVerdict> | null = null;

  constructor(
    private readonly store: AuditStore,
    private readonly db: Database,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listAudit', summary: 'Rows, newest first' })
  @Answers(auditPage)
  async list(@CurrentViewer() viewer: Viewer, @Query({ schema: query }) asked: AuditQuery): Promise<z.infer<typeof auditPage>> {
    const items = await this.store.list(viewer.scope, asked);
    return { items, nextCursor: items.length === asked.limit ? String(items.at(-1)!.seq) : null };
  }

  @Get('verify')
  @ApiOperation({
    operationId: 'verifyAudit',
    summary: 'Compute every hash again: finds rows changed, taken out or put in, changed seals, and an end cut off below a seal',
    description: '`sha256` is a seal that was kept elsewhere: it must still be among them, or the end was forged since.',
  })
  @Answers(auditVerdict)
  verify(@Query({ schema: verifyQuery }) { sha256 }: z.output<typeof verifyQuery>): Promise<AuditVerdict> {
    if (sha256 !== undefined) return verifyAudit(this.db, sha256);
    // It reads everything: whoever asks meanwhile is answered with them.
    this.#running ??= verifyAudit(this.db).finally(() => (this.#running = null));
    return this.#running;
  }
}
