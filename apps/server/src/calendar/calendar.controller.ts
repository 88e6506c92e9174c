import { Body, Controller, Delete, Get, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  calendarImportAnswer,
  type CalendarImportAnswer,
  deadlineAnswer,
  deadlineQuery,
  workingCalendar,
  type WorkingCalendar,
  workingHoursBody,
  type WorkingHoursBody,
  workingYear,
  type WorkingYear,
  workingYearBody,
  type WorkingYearBody,
} from '@muckwatch/contract';
import type { Request } from 'express';
import { z } from 'zod';
import { Answers, openApiSchema } from '../api.js';
import { Roles, WholeCity } from '../auth/auth.guard.js';
import { ANYONE, PLANNERS } from '../auth/roles.js';
import { iso } from '../clock.js';
import { csvRows } from '../fleet/csv.js';
import { type Fault, Faults, faulty } from '../refusal.js';
import { faultsOf } from '../zod-faults.js';
import { yearsOfRows } from './calendar-csv.js';
import { Calendar } from './calendar.service.js';

const yearParam = z.coerce.number().int().min(2000).max(2100);
const importQuery = z.object({
  source: workingYear.shape.source.optional().meta({ description: 'CSV: where it was published' }),
});
const IMPORT_BODY = {
  required: true,
  content: {
    'application/json': { schema: { type: 'array' as const, items: openApiSchema(workingYear).schema } },
    'text/csv': { schema: { type: 'string' as const, description: 'With a header line: date,kind,name' } },
  },
};

/** When offices work: hours, weekdays, holidays and moved working days of the years that were published. */
@ApiTags('calendar')
@Controller('calendar')
@Roles(...ANYONE)
export class CalendarController {
  constructor(private readonly calendar: Calendar) {}

  @Get()
  @Roles(...ANYONE)
  @ApiOperation({ operationId: 'readCalendar', summary: 'Working hours, and the years that were published' })
  @Answers(workingCalendar)
  read(): WorkingCalendar {
    return this.calendar.current;
  }

  @Get('deadline')
  @Roles(...ANYONE)
  @ApiOperation({ operationId: 'readDeadline', summary: 'When so many working hours will have passed; a year that is not published is named instead' })
  @Answers(deadlineAnswer)
  deadline(@Query({ schema: deadlineQuery }) { from, workingHours }: z.output<typeof deadlineQuery>): z.infer<typeof deadlineAnswer> {
    const made = this.calendar.deadline(Date.parse(from), workingHours);
    return 'deadline' in made ? { deadline: iso(made.deadline), problem: null } : { deadline: null, problem: `${made.problem.zh} ${made.problem.en}` };
  }

  @WholeCity()
  @Put('hours')
  @Roles(...PLANNERS)
  @ApiOperation({ operationId: 'setWorkingHours', summary: 'Set the working hours of a working day and the weekdays' })
  @Answers(workingCalendar)
  setHours(@Body({ schema: workingHoursBody }) body: WorkingHoursBody): Promise<WorkingCalendar> {
    return this.calendar.setHours(body);
  }

  @WholeCity()
  @Put('years/:year')
  @Roles(...PLANNERS)
  @ApiOperation({ operationId: 'publishYear', summary: 'Publish a year, or replace it' })
  @Answers(workingYear)
  async publish(@Param('year', { schema: yearParam }) year: number, @Body({ schema: workingYearBody }) body: WorkingYearBody): Promise<WorkingYear> {
    if (body.year !== undefined && body.year !== year)
      throw faulty('year', { en: `must be ${year}, as the address says, not ${body.year}`, zh: `必须与地址一致，是 ${year}，而不是 ${body.year}` });
    await this.calendar.publish([{ ...body, year }]);
    return this.calendar.current.years.find((one) => one.year === year)!;
  }

  @WholeCity()
  @Delete('years/:year')
  @Roles(...PLANNERS)
  @ApiOperation({ operationId: 'withdrawYear', summary: 'Take a year back: nothing is counted through it any more' })
  @Answers(null, 'Taken back')
  withdraw(@Param('year', { schema: yearParam }) year: number): Promise<void> {
    return this.calendar.withdraw(year);
  }

  @WholeCity()
  @Post('import')
  @Roles(...PLANNERS)
  @ApiOperation({
    operationId: 'importCalendar',
    summary: 'Publish years, all or nothing',
    description:
      'JSON: an array of years. CSV: rows `date,kind,name` with kind holiday or workday, and `?source=`; a year of which there is a row is replaced whole. ' +
      'Every bad row is named as `row n: field`, counted from 1 without the header.',
    requestBody: IMPORT_BODY,
  })
  @Answers(calendarImportAnswer)
  import(@Query({ schema: importQuery }) { source }: z.output<typeof importQuery>, @Req() { body }: Request): Promise<CalendarImportAnswer> {
    if (typeof body === 'string') {
      if (source === undefined)
        throw faulty('source', {
          en: 'must say where the days were published, e.g. ?source=国办发明电〔2026〕7号',
          zh: '必须写明放假安排的发布文件，如 ?source=国办发明电〔2026〕7号',
        });
      const { years, faults } = yearsOfRows(csvRows(body, undefined), source);
      if (faults.length > 0) throw new Faults(faults);
      if (years.length === 0) throw faulty('', { en: 'There is no row below the header.', zh: '表头下面一行也没有。' });
      return this.calendar.publish(years);
    }
    if (!Array.isArray(body)) throw faulty('', { en: 'Send text/csv, or JSON: an array of years.', zh: '请发送 text/csv，或 JSON：由年份组成的数组。' });
    const faults: Fault[] = [];
    const years: WorkingYear[] = [];
    for (const [i, raw] of body.entries()) {
      const result = workingYear.safeParse(raw);
      if (result.success) years.push(result.data);
      else faults.push(...faultsOf(result.error, raw).map(({ path, message }) => ({ path: `row ${i + 1}: ${path}`, message })));
    }
    // Rows are counted as they came: where one cannot be read at all, the others are not looked into.
    if (faults.length > 0) throw new Faults(faults);
    return this.calendar.publish(years, (index) => `row ${index + 1}: `);
  }
}
