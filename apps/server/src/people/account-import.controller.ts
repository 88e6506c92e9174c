import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type AccountImportAnswer, accountImportAnswer, accountRow, type ImportPreview, importPreview, MOST_ACCOUNT_ROWS } from '@muckwatch/contract';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Answers } from '../api.js';
import { AccountImport } from '../auth/account-import.service.js';
import { Roles } from '../auth/auth.guard.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { csvRows, typed } from '../fleet/csv.js';
import { FleetService } from '../fleet/fleet.service.js';
import { importBody, importQuery, rowsOf } from '../fleet/registry.controller.js';
import { type Language, previewIn, ReadersLanguage } from '../language.js';

const IMPORT =
  'A row whose username exists changes that account where it differs: fields that the row leaves out stay, null (in CSV an empty cell) clears. ' +
  'Another username makes an account; where its row gives no password one is made, and shown in this answer only. ' +
  `Every bad row is named as \`row n: field\`, counted from 1 without the header. In CSV a list of ids is parted by \`;\` or spaces. At most ${MOST_ACCOUNT_ROWS} rows.`;
const LISTS = { districtIds: 'texts', companyIds: 'texts', placeIds: 'texts' } as const;

/** Accounts from a file. */
@ApiTags('accounts')
@Controller('accounts')
@Roles('admin')
export class AccountImportController {
  constructor(
    private readonly accounts: AccountImport,
    private readonly fleet: FleetService,
  ) {}

  @Post('import')
  @ApiOperation({
    operationId: 'importAccounts',
    summary: 'Make and change many at once, all or nothing',
    description: IMPORT,
    requestBody: importBody(accountRow),
  })
  @Answers(z.union([accountImportAnswer, importPreview]))
  async import(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: importQuery }) query: z.output<typeof importQuery>,
    @Req() { body }: Request,
    @Res({ passthrough: true }) response: Response,
    @ReadersLanguage() language: Language,
  ): Promise<AccountImportAnswer | ImportPreview> {
    response.setHeader('Cache-Control', 'no-store');
    const rows = typeof body === 'string' ? csvRows(body, query.columns).map((row) => typed(row, LISTS, this.fleet.utcOffset)) : rowsOf(body, 'items');
    return query.dryRun ? previewIn(language, await this.accounts.preview(rows)) : this.accounts.import(viewer, rows);
  }
}
