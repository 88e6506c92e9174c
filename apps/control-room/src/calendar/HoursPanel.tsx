import type { WorkingCalendar, WorkingHoursBody } from '@muckwatch/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { put } from '../app/api.js';
import { clockTyped } from '../app/cityClock.js';
import { useSend } from '../app/useSend.js';
import { useWords } from '../i18n/index.js';
import { ClockInput } from '../app/typed.js';
import { hoursAreRight } from './days.js';

/** Which days of the week are worked, and from when to when. */
export function HoursPanel({ calendar, mayChange, onSaved }: { calendar: WorkingCalendar; mayChange: boolean; onSaved: (hours: WorkingHoursBody) => void }) {
  const t = useWords();
  const c = t.review.calendar;
  const [hours, setHours] = useState(calendar.hours);
  const [weekdays, setWeekdays] = useState(calendar.weekdays);
  const { busy, fault, send } = useSend();
  const [done, setDone] = useState(false);
  const changed = JSON.stringify({ hours, weekdays }) !== JSON.stringify({ hours: calendar.hours, weekdays: calendar.weekdays });
  const right = hoursAreRight(hours) && weekdays.length > 0;
  const change = (i: number, part: Partial<{ from: string; to: string }>) => {
    setDone(false);
    setHours(hours.map((one, j) => (j === i ? { ...one, ...part } : one)));
  };
  const save = () =>
    void send(async () => {
      await put('/calendar/hours', { hours, weekdays });
      setDone(true);
      onSaved({ hours, weekdays });
    });
  return (
    <section className="panel">
      <h2>{c.hours}</h2>
      <div className="days" role="group" aria-label={c.weekdays}>
        {t.map.weekdays.map((name, i) => (
          <button
            key={name}
            className="day"
            aria-pressed={weekdays.includes(i + 1)}
            title={c.weekday[i]}
            disabled={!mayChange}
            onClick={() => setWeekdays(weekdays.includes(i + 1) ? weekdays.filter((day) => day !== i + 1) : [...weekdays, i + 1].sort())}
          >
            {name.slice(0, 2)}
          </button>
        ))}
      </div>
      {hours.map((one, i) => (
        <div key={i} className="window hours-line">
          <ClockInput
            label={t.permits.form.from}
            value={one.from}
            disabled={!mayChange}
            wrong={clockTyped(one.from) === null}
            onChange={(from) => change(i, { from })}
          />
          <span className="window-to">–</span>
          <ClockInput label={t.permits.form.to} value={one.to} disabled={!mayChange} wrong={one.to <= one.from} onChange={(to) => change(i, { to })} />
          {mayChange && hours.length > 1 && (
            <button className="card-close" onClick={() => setHours(hours.filter((_, j) => j !== i))} aria-label={c.removeHours} title={c.removeHours}>
              ✕
            </button>
          )}
        </div>
      ))}
      {mayChange && (
        <div className="form-acts">
          <Button type="primary" disabled={!changed || !right || busy} onClick={save} data-testid="save-hours">
            {c.saveHours}
          </Button>
          {hours.length < 6 && (
            <button className="chip" onClick={() => setHours([...hours, { from: hours.at(-1)!.to, to: '18:00' }])}>
              {c.addHours}
            </button>
          )}
        </div>
      )}
      <p className={fault || !right ? 'form-fault' : 'form-fault soft'} role="status">
        {fault ?? (!right ? c.hoursWrong : changed ? c.unsaved : done ? c.saved : '')}
      </p>
    </section>
  );
}
