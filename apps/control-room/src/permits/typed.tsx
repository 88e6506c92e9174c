import { CalendarOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useRef } from 'react';
import { clockTyped, dateTyped } from '../app/cityClock.js';
import { useWords } from '../i18n/index.js';

interface ClockProps {
  label: string;
  value: string;
  disabled: boolean;
  wrong: boolean;
  onChange: (value: string) => void;
}

/** A time of the 24-hour clock, typed as one likes: `9`, `2130`, `21:30`. The browser's own would say AM and PM in some languages. */
export function ClockInput({ label, value, disabled, wrong, onChange }: ClockProps) {
  return (
    <Input
      className="clock"
      aria-label={label}
      inputMode="numeric"
      placeholder="HH:MM"
      maxLength={6}
      disabled={disabled}
      status={wrong ? 'error' : undefined}
      value={value}
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => onChange(target.value)}
      onBlur={() => {
        const clock = clockTyped(value);
        if (clock !== null && clock !== value) onChange(clock);
      }}
    />
  );
}

interface DateProps {
  id: string;
  value: string;
  disabled: boolean;
  wrong: boolean;
  onChange: (value: string) => void;
}

/** A day, year first in every language, typed as one likes or taken from the browser's own calendar. */
export function DateInput({ id, value, disabled, wrong, onChange }: DateProps) {
  const t = useWords();
  const native = useRef<HTMLInputElement>(null);
  return (
    <Input
      id={id}
      className="date"
      placeholder="YYYY-MM-DD"
      maxLength={16}
      disabled={disabled}
      status={wrong ? 'error' : undefined}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      onBlur={() => {
        const date = dateTyped(value);
        if (date !== null && date !== value) onChange(date);
      }}
      suffix={
        <span className="date-calendar">
          <button type="button" className="plain" disabled={disabled} aria-label={t.permits.form.calendar} onClick={() => native.current?.showPicker()}>
            <CalendarOutlined />
          </button>
          <input ref={native} type="date" tabIndex={-1} aria-hidden value={dateTyped(value) ?? ''} onChange={({ target }) => onChange(target.value)} />
        </span>
      }
      data-testid={id}
    />
  );
}
