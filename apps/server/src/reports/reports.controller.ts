import { Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { reportPage, type ReportPage, reportSending, type ReportSending, week, type WeeklyQuery, weeklyQuery } from '@muckwatch/contract';
import { Answers, Unrecorded } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { REPORT_READERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { ReportStore } from './report.store.js';
import { Sending } from './sending.service.js';
import { PDF, SHEET, weeklyPaper } from './weekly-paper.js';
import { weeklySheets } from './weekly-sheet.js';
import { Weekly } from './weekly.service.js';

@ApiTags('reports')
@Controller('reports')
@Roles(...REPORT_READERS)
export class ReportsController {
  constructor(
    private readonly store: ReportStore,
    private readonly weekly: Weekly,
    private readonly sending: Sending,
    private readonly fleet: FleetService,
  ) {}

  @Get()
  @Answers(reportPage, 'The weekly reports that were made, newest first')
  async list(): Promise<ReportPage> {
    return { items: await this.store.list(), nextCursor: null };
  }

  @Get('sending')
  @Answers(reportSending, 'Who is sent the weekly report, and when the next one comes')
  sendingState(@CurrentViewer() viewer: Viewer): Promise<ReportSending> {
    return this.sending.state(viewer, now());
  }

  @Post(':week/seen')
  @Unrecorded()
  @Answers(null, 'The page that told of it was looked at')
  seen(@CurrentViewer() viewer: Viewer, @Param('week', { schema: week }) which: string): Promise<void> {
    return this.sending.seen(viewer, which, now());
  }

  @Get('weekly')
  @ApiOperation({ summary: 'A week on paper or as a spreadsheet, in Chinese: the same numbers as on the page' })
  @ApiProduces(PDF, SHEET)
  async one(@CurrentViewer() { scope }: Viewer, @Query({ schema: weeklyQuery }) { week, format }: WeeklyQuery): Promise<StreamableFile> {
    const numbers = await this.weekly.numbers(scope, week);
    if (format === 'xlsx')
      return new StreamableFile(await weeklySheets(numbers, this.fleet.utcOffset), { type: SHEET, disposition: `attachment; filename="weekly-${week}.xlsx"` });
    const pdf = weeklyPaper(numbers, this.fleet.utcOffset);
    pdf.end();
    return new StreamableFile(pdf, { type: PDF, disposition: `inline; filename="weekly-${week}.pdf"` });
  }
}
