import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CalendarImportAnswer, WorkingCalendar, WorkingHoursBody, WorkingYear } from '@muckwatch/contract';
import { deadlineAfter, type EpochMs, type UtcOffset, workingHoursBetween } from '@muckwatch/domain';
import { isDeepStrictEqual } from 'node:util';
import { Config } from '../config.js';
import { utcOffsetOf } from '../fleet/city-time.js';
import { type Fault, Faults, Refusal } from '../refusal.js';
import { faultsOfHours, faultsOfYear } from './calendar-check.js';
import { CalendarStore } from './calendar.store.js';

/** Until a city sets its own. */
const USUAL: WorkingHoursBody = {
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '18:00' },
  ],
  weekdays: [1, 2, 3, 4, 5],
};

/** Why nothing can be counted, for people. */
export interface CalendarProblem {
  problem: { zh: string; en: string };
}

/** The working-time calendar in memory: read at start and after each edit. Deadlines are counted only through years that were published. */
@Injectable()
export class Calendar implements OnModuleInit {
  readonly #utcOffset: UtcOffset;
  #calendar: WorkingCalendar = { ...USUAL, years: [] };
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: CalendarStore,
    config: Config,
  ) {
    this.#utcOffset = utcOffsetOf(config.cityTimeZone);
  }

  onModuleInit(): Promise<void> {
    return this.load();
  }

  async load(): Promise<void> {
    const [hours, years] = [await this.store.hours(), await this.store.years()];
    this.#calendar = { ...(hours ?? USUAL), years };
  }

  get current(): WorkingCalendar {
    return this.#calendar;
  }

  /** When so many working hours will have passed, or the year that nobody has published yet. */
  deadline(from: EpochMs, workingHours: number): { deadline: EpochMs } | CalendarProblem {
    const made = deadlineAfter(this.#calendar, from, workingHours, this.#utcOffset);
    return 'missingYear' in made ? notPublished(made.missingYear) : made;
  }

  workingHoursBetween(from: EpochMs, to: EpochMs): { hours: number } | CalendarProblem {
    const counted = workingHoursBetween(this.#calendar, from, to, this.#utcOffset);
    return 'missingYear' in counted ? notPublished(counted.missingYear) : counted;
  }

  setHours(body: WorkingHoursBody): Promise<WorkingCalendar> {
    refuse(faultsOfHours(body));
    return this.#edit(async () => {
      await this.store.setHours({ ...body, weekdays: [...body.weekdays].sort((a, b) => a - b) });
    });
  }

  /** Publishes whole years, all or none; `at` says how a fault names the year it is in. */
  async publish(years: WorkingYear[], at: (index: number) => string = () => ''): Promise<CalendarImportAnswer> {
    const twice = years.flatMap(({ year }, i) =>
      years.findIndex((one) => one.year === year) < i ? [{ path: `${at(i)}year`, message: { en: `${year} is said twice`, zh: `${year} 年重复了` } }] : [],
    );
    const wrong = years.flatMap((year, i) => faultsOfYear(year).map(({ path, message }) => ({ path: `${at(i)}${path}`, message })));
    refuse([...twice, ...wrong]);
    const items: CalendarImportAnswer['items'] = [];
    await this.#edit(async () => {
      const sorted = years.map(inOrder);
      for (const year of sorted) {
        const before = this.#calendar.years.find((one) => one.year === year.year);
        items.push({ year: year.year, result: !before ? 'created' : isDeepStrictEqual(before, year) ? 'unchanged' : 'changed' });
      }
      await this.store.publish(sorted);
    });
    return { items };
  }

  async withdraw(year: number): Promise<void> {
    await this.#edit(async () => {
      if (!(await this.store.withdraw(year))) throw new Refusal(404, { en: `The year ${year} is not published.`, zh: `${year} 年的工作日历没有发布。` });
    });
  }

  /** One edit after the other, so that what is in memory is what was committed last. */
  #edit(write: () => Promise<void>): Promise<WorkingCalendar> {
    const mine = this.#last.then(async () => {
      try {
        await write();
      } finally {
        await this.load();
      }
      return this.#calendar;
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

function notPublished(year: number): CalendarProblem {
  return {
    problem: {
      zh: `${year} 年的工作日历尚未发布，无法计算期限。`,
      en: `The working calendar of ${year} has not been published, so no deadline can be counted.`,
    },
  };
}

function inOrder({ year, holidays, workdays, names, source }: WorkingYear): WorkingYear {
  const whole = { year, holidays: [...holidays].sort(), workdays: [...workdays].sort(), source };
  return names && Object.keys(names).length > 0 ? { ...whole, names } : whole;
}

function refuse(faults: Fault[]): void {
  if (faults.length > 0) throw new Faults(faults);
}
