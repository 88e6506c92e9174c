import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { alertQuery, haulQuery, noticeQuery } from '@muckwatch/contract';
import { z } from 'zod';
import { AlertStore } from '../alerts/alert.store.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { HaulStore } from '../history/haul.store.js';
import { NoticeStore } from '../notices/notice.store.js';
import { ALERT_COLUMNS, HAUL_COLUMNS, NOTICE_COLUMNS } from './columns.js';
import { type Column, csvOf, type Language } from './table.js';

const language = z.enum(['zh', 'en']).default('zh').meta({ description: 'Of headings and words' });
const PAGE = 500;
const alertExport = alertQuery.omit({ cursor: true, limit: true }).extend({ language });
const noticeExport = noticeQuery.omit({ cursor: true, limit: true }).extend({ language });
const haulExport = haulQuery.omit({ cursor: true, limit: true }).extend({ language });

/** What a list shows, as a file: the same filters, the same scope. */
@ApiTags('exports')
@Controller('exports')
export class ExportsController {
  constructor(
    private readonly alerts: AlertStore,
    private readonly hauls: HaulStore,
    private readonly notices: NoticeStore,
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
  @ApiOperation({ summary: 'Hauls as CSV, newest departure first' })
  @ApiProduces('text/csv')
  haulFile(@CurrentViewer() viewer: Viewer, @Query({ schema: haulExport }) { language, ...query }: z.output<typeof haulExport>): StreamableFile {
    return file('hauls', HAUL_COLUMNS, language, (cursor) => this.hauls.list(viewer.scope, { ...query, cursor, limit: PAGE }));
  }

  @Get('notices')
  @Roles(...ANYONE)
  @ApiOperation({ summary: 'Notices as CSV, newest first' })
  @ApiProduces('text/csv')
  noticeFile(@CurrentViewer() viewer: Viewer, @Query({ schema: noticeExport }) { language, ...query }: z.output<typeof noticeExport>): StreamableFile {
    return file('notices', NOTICE_COLUMNS, language, (cursor) => this.notices.list(viewer, { ...query, cursor, limit: PAGE }));
  }
}

function file<Row>(name: string, columns: Column<Row>[], language: Language, page: Parameters<typeof csvOf<Row>>[2]): StreamableFile {
  return new StreamableFile(csvOf(columns, language, page), { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}.csv"` });
}
