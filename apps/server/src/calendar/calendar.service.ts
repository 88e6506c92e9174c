import { Injectable } from '@nestjs/common';
import type { EpochMs } from '@muckwatch/domain';

/** Working time. A stand-in until the calendar is built: no year has been published. */
@Injectable()
export class Calendar {
  /** When so many working hours after a time are over, or why nobody can say. */
  deadline(from: EpochMs, _workingHours: number): { deadline: EpochMs } | { problem: { zh: string; en: string } } {
    const year = new Date(from).getUTCFullYear();
    return { problem: { zh: `尚未发布 ${year} 年的工作日历`, en: `no working calendar was published for ${year}` } };
  }
}
