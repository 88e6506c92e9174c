import { z } from 'zod';
import { text, time } from './common.js';
import { matching } from './saying.js';

const day = z.iso.date().meta({ description: 'In the city’s time', example: '2027-02-05' });
const clock = z.string().check(matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM', '必须是 HH:MM 的时刻'));

/** One published year: deadlines are counted only through years that have been published. */
export const workingYear = z
  .strictObject({
    year: z.number().int().min(2000).max(2100),
    holidays: z.array(day).max(366).meta({ description: 'Free days that would be working days' }),
    workdays: z.array(day).max(366).meta({ description: 'Working days that would be free: moved (调休)' }),
    names: z
      .record(day, text(40))
      .optional()
      .meta({ description: 'What a day is called', example: { '2027-02-06': '春节' } }),
    source: z.string().trim().min(1).max(200).meta({ description: 'Where it was published' }),
  })
  .meta({ id: 'WorkingYear' });
export type WorkingYear = z.infer<typeof workingYear>;
/** The year is said by the address; said again it must be the same. */
export const workingYearBody = workingYear.partial({ year: true }).meta({ id: 'WorkingYearBody' });
export type WorkingYearBody = z.infer<typeof workingYearBody>;

export const workingCalendar = z
  .object({
    hours: z
      .array(z.strictObject({ from: clock, to: clock }))
      .min(1)
      .max(6)
      .meta({ description: 'Working hours of a working day' }),
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).meta({ description: '1 = Monday' }),
    years: z.array(workingYear),
  })
  .meta({ id: 'WorkingCalendar' });
export type WorkingCalendar = z.infer<typeof workingCalendar>;
export const workingHoursBody = workingCalendar.pick({ hours: true, weekdays: true }).strict().meta({ id: 'WorkingHoursBody' });
export type WorkingHoursBody = z.infer<typeof workingHoursBody>;

/** What a deadline would be. */
export const deadlineQuery = z.object({ from: time, workingHours: z.coerce.number().gt(0).max(1_000) });
export const deadlineAnswer = z.object({ deadline: time.nullable(), problem: z.string().nullable() }).meta({ id: 'DeadlineAnswer' });

export const calendarImportAnswer = z
  .object({
    items: z.array(z.object({ year: z.number().int(), result: z.enum(['created', 'changed', 'unchanged']) })),
  })
  .meta({ id: 'CalendarImportAnswer' });
export type CalendarImportAnswer = z.infer<typeof calendarImportAnswer>;
