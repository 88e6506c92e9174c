import type { WorkingYear } from '@muckwatch/contract';
import { memo } from 'react';
import { useWords } from '../i18n/index.js';
import { dayKind, type DayKind, toggled, weeksOf } from './days.js';

const KINDS: DayKind[] = ['work', 'free', 'holiday', 'moved'];
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

/** A whole year under the hand: shape and colour tell what each day is, a click turns it over. `onChange` null: it is only read. */
export function YearGrid({ year, weekdays, onChange }: { year: WorkingYear; weekdays: readonly number[]; onChange: ((year: WorkingYear) => void) | null }) {
  const t = useWords();
  const c = t.review.calendar;
  return (
    <>
      <div className="year" data-testid="year-grid">
        {MONTHS.map((month) => (
          <Month key={month} month={month} year={year} weekdays={weekdays} onDay={onChange && ((day) => onChange(toggled(year, day, weekdays)))} />
        ))}
      </div>
      <p className="year-legend">
        {KINDS.map((kind) => (
          <span key={kind}>
            <i className={`year-day ${kind}`} aria-hidden /> {c.legend[kind]}
          </span>
        ))}
        {onChange && <span>{c.toggle}</span>}
      </p>
    </>
  );
}

interface MonthProps {
  month: number;
  year: WorkingYear;
  weekdays: readonly number[];
  onDay: ((day: string) => void) | null;
}

const Month = memo(function Month({ month, year, weekdays, onDay }: MonthProps) {
  const t = useWords();
  const c = t.review.calendar;
  return (
    <section className="month" aria-label={c.month(month)}>
      <h3>{c.month(month)}</h3>
      <div className="month-days">
        {t.map.weekdays.map((day) => (
          <span key={day} className="month-week" aria-hidden>
            {day.slice(0, 2)}
          </span>
        ))}
        {weeksOf(year.year, month)
          .flat()
          .map((day, i) => {
            if (day === null) return <span key={i} />;
            const kind = dayKind(day, year, weekdays);
            // The number that is seen is part of what is read out.
            const said = `${year.year}-${month}-${Number(day.slice(8))} ${c.legend[kind]}`;
            return (
              <button
                key={day}
                className={`year-day ${kind}`}
                disabled={!onDay}
                onClick={() => onDay?.(day)}
                aria-label={said}
                title={said}
                data-testid={`day-${day}`}
              >
                {Number(day.slice(8))}
              </button>
            );
          })}
      </div>
    </section>
  );
});
