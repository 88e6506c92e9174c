import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { alertQuery, haulFilter, noticeQuery } from '@muckwatch/contract';
import { z } from 'zod';
import { AlertStore } from '../alerts/alert.store.js';
import { AuthService } from '../auth/auth.service.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { RegistryStore } from '../fleet/registry.store.js';
import { CAMERAS, COMPANIES, DRIVERS, PERMITS, TERMINALS, TRUCKS } from '../fleet/resources.js';
import { HaulTableStore } from '../hauls/haul-table.store.js';
import { NoticeStore } from '../notices/notice.store.js';
import { ACCOUNT_COLUMNS } from './account-columns.js';
import { ALERT_COLUMNS, HAUL_COLUMNS, NOTICE_COLUMNS } from './columns.js';
import { registryColumns } from './registry-columns.js';
import { type Column, csvOf, type Language } from './table.js';
import { MOST_SHEET_ROWS, XLSX_TYPE, xlsxOf } from './xlsx.js';

const language = z.enum(['zh', 'en']).default('zh').meta({ description: 'Of headings and words' });
const format = z
  .enum(['csv', 'xlsx'])
  .default('csv')
  .meta({ description: `A workbook ends after ${MOST_SHEET_ROWS} rows` });
const PAGE = 500;
const alertExport = alertQuery.omit({ cursor: true, limit: true }).extend({ language });
const noticeExport = noticeQuery.omit({ cursor: true, limit: true }).extend({ language });
const REGISTERED = { companies: COMPANIES, trucks: TRUCKS, drivers: DRIVERS, terminals: TERMINALS, cameras: CAMERAS, permits: PERMITS };
const registryExport = z.object({
  kind: z.enum(Object.keys(REGISTERED) as (keyof typeof REGISTERED)[]),
  q: z.string().max(80).optional().meta({ description: 'A piece of the id, name or plate' }),
  retired: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ description: 'true: only those out of use' }),
});
const accountExport = z.object({
  disabled: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ description: 'true: only those that are disabled' }),
});
const haulExport = haulFilter.extend({ language, format });

/** What a list shows, as a file: the same filters, the same scope. */
@ApiTags('exports')
@Controller('exports')
export class ExportsController {
  constructor(
    private readonly alerts: AlertStore,
    private readonly hauls: HaulTableStore,
    private readonly notices: NoticeStore,
    private readonly registry: RegistryStore,
    private readonly auth: AuthService,
  ) {}

  @Get('alerts')
  @Roles(...ANYONE)
  @ApiOperation({ summary: 'Alerts as CSV, newest first' })
  @ApiProduces('text/csv')
  alertFile(@CurrentViewer() viewer: Viewer, @Query({ schema: alertExport }) { language, ...query }: z.output<typeof alertExport>): StreamableFile {
    return file('alerts', ALERT_COLUMNS, language, (cursor) => this.alerts.list(viewer, { ...query, cursor, limit: PAGE }));
  }

  @Get('hauls')
  @Roles(...ANYONE)
  @ApiOperation({ summary: 'Hauls as CSV or as a workbook, newest departure first' })
  @ApiProduces('text/csv', XLSX_TYPE)
  haulFile(
    @CurrentViewer() { scope }: Viewer,
    @Query({ schema: haulExport }) { language, format, ...filter }: z.output<typeof haulExport>,
  ): StreamableFile | Promise<StreamableFile> {
    const page = (cursor: string | undefined) => this.hauls.list(scope, filter, cursor, PAGE);
    return format === 'csv' ? file('hauls', HAUL_COLUMNS, language, page) : workbook('hauls', HAUL_COLUMNS, language, page);
  }

  @Get('notices')
  @Roles(...ANYONE)
  @ApiOperation({ summary: 'Notices as CSV, newest first' })
  @ApiProduces('text/csv')
  noticeFile(@CurrentViewer() viewer: Viewer, @Query({ schema: noticeExport }) { language, ...query }: z.output<typeof noticeExport>): StreamableFile {
    return file('notices', NOTICE_COLUMNS, language, (cursor) => this.notices.list(viewer, { ...query, cursor, limit: PAGE }));
  }

  @Get('accounts')
  @Roles('admin')
  @ApiOperation({ summary: 'Accounts as CSV, by user name, as an import reads them' })
  @ApiProduces('text/csv')
  accountFile(@Query({ schema: accountExport }) { disabled }: z.output<typeof accountExport>): StreamableFile {
    return file('accounts', ACCOUNT_COLUMNS, 'en', async (cursor) => {
      const page = await this.auth.list(cursor, PAGE);
      return { items: page.filter((one) => one.disabled === disabled), nextCursor: page.length === PAGE ? page.at(-1)!.username : null };
    });
  }

  @Get('registry')
  @Roles(...ANYONE)
  @ApiOperation({ summary: 'Companies, trucks and so on as CSV, by id, as an import reads them' })
  @ApiProduces('text/csv')
  registryFile(@CurrentViewer() { scope }: Viewer, @Query({ schema: registryExport }) { kind, ...query }: z.output<typeof registryExport>): StreamableFile {
    const resource = REGISTERED[kind];
    return file(kind, registryColumns(resource), 'en', async (cursor) => {
      const items = await this.registry.list(resource, scope, { ...query, cursor, limit: PAGE });
      return { items, nextCursor: items.length === PAGE ? items.at(-1)!.id : null };
    });
  }
}

function file<Row>(name: string, columns: Column<Row>[], language: Language, page: Parameters<typeof csvOf<Row>>[2]): StreamableFile {
  return new StreamableFile(csvOf(columns, language, page), { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}.csv"` });
}

async function workbook<Row>(name: string, columns: Column<Row>[], language: Language, page: Parameters<typeof csvOf<Row>>[2]): Promise<StreamableFile> {
  return new StreamableFile(await xlsxOf(columns, language, page), { type: XLSX_TYPE, disposition: `attachment; filename="${name}.xlsx"` });
}
