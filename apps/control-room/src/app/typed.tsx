import { CalendarOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { type InputHTMLAttributes, useRef, useState } from 'react';
import { useWords } from '../i18n/index.js';
import { clockTyped, dateTyped, momentTyped } from './cityClock.js';
import './typed.css';

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
      suffix={<Calendar type="date" disabled={disabled} value={dateTyped(value) ?? ''} onPick={onChange} />}
      data-testid={id}
    />
  );
}

const MOMENT = 'YYYY-MM-DD HH:MM';
const WRITTEN_OUT = MOMENT.length;

interface MomentProps extends Pick<InputHTMLAttributes<HTMLInputElement>, 'aria-invalid'> {
  label: string;
  /** `2026-11-23T21:04`, on whichever clock the page says; empty while none is meant. */
  value: string;
  /** Only ever what is a time, or empty. */
  onChange: (value: string) => void;
  'data-testid'?: string;
}

/** A day and a time, the same in every browser, typed as one likes or taken from the browser's own calendar. */
export function MomentInput({ label, value, onChange, ...rest }: MomentProps) {
  /** What is being typed; null while the field shows the value. */
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && typed.trim() !== '' && momentTyped(typed) === null;
  const take = (text: string) => {
    const moment = text.trim() === '' ? '' : momentTyped(text);
    if (moment !== null && moment !== value) onChange(moment);
  };
  const type = (text: string) => {
    setTyped(text);
    // `2026-1-2` is on the way to `2026-1-23`: what is short is taken when one is done with it.
    if (text === '' || text.length >= WRITTEN_OUT) take(text);
  };
  const done = () => {
    if (typed !== null) take(typed);
    if (!wrong) setTyped(null);
  };
  return (
    <div className="moment">
      <input
        className="field"
        aria-label={label}
        placeholder={MOMENT}
        maxLength={24}
        autoComplete="off"
        spellCheck={false}
        {...rest}
        aria-invalid={wrong || rest['aria-invalid']}
        value={typed ?? value.replace('T', ' ')}
        onChange={({ target }) => type(target.value)}
        onBlur={done}
        onKeyDown={({ key }) => {
          if (key === 'Enter') done();
        }}
      />
      <Calendar
        type="datetime-local"
        value={value}
        onPick={(picked) => {
          setTyped(null);
          onChange(picked);
        }}
      />
    </div>
  );
}

interface CalendarProps {
  type: 'date' | 'datetime-local';
  value: string;
  disabled?: boolean;
  onPick: (value: string) => void;
}

/** Opens the browser's own calendar beside a field that shows what was chosen in the product's words. */
function Calendar({ type, value, disabled = false, onPick }: CalendarProps) {
  const t = useWords();
  const native = useRef<HTMLInputElement>(null);
  return (
    <span className="date-calendar">
      <button type="button" className="plain" disabled={disabled} aria-label={t.openCalendar} onClick={() => native.current?.showPicker()}>
        <CalendarOutlined />
      </button>
      <input ref={native} type={type} tabIndex={-1} aria-hidden value={value} onChange={({ target }) => onPick(target.value)} />
    </span>
  );
}
