import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { reportPage, type ReportPage, type Role, type WeeklyQuery, weeklyQuery } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { FleetService } from '../fleet/fleet.service.js';
import { ReportStore } from './report.store.js';
import { weeklyPaper } from './weekly-paper.js';
import { weeklySheets } from './weekly-sheet.js';
import { Weekly } from './weekly.service.js';

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const READERS: readonly Role[] = ['admin', 'supervisor', 'operator', 'dispatcher', 'viewer'];

@ApiTags('reports')
@Controller('reports')
@Roles(...READERS)
export class ReportsController {
  constructor(
    private readonly store: ReportStore,
    private readonly weekly: Weekly,
    private readonly fleet: FleetService,
  ) {}

  @Get()
  @Answers(reportPage, 'The weekly reports that were made, newest first')
  async list(): Promise<ReportPage> {
    return { items: await this.store.list(), nextCursor: null };
  }

  @Get('weekly')
  @ApiOperation({ summary: 'A week on paper or as a spreadsheet, in Chinese: the same numbers as on the page' })
  @ApiProduces('application/pdf', SHEET)
  async one(@CurrentViewer() { scope }: Viewer, @Query({ schema: weeklyQuery }) { week, format }: WeeklyQuery): Promise<StreamableFile> {
    const numbers = await this.weekly.numbers(scope, week);
    if (format === 'xlsx') return new StreamableFile(await weeklySheets(numbers), { type: SHEET, disposition: `attachment; filename="weekly-${week}.xlsx"` });
    const pdf = weeklyPaper(numbers, this.fleet.utcOffset);
    pdf.end();
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `inline; filename="weekly-${week}.pdf"` });
  }
}
