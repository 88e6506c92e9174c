import { Button, Segmented } from 'antd';
import { clockTyped } from '../app/cityClock.js';
import { useWords } from '../i18n/index.js';
import { changePermit, useDesk } from './desk.js';
import { Field } from './Field.js';
import { ALL_DAYS, windowWords } from './hours.js';
import type { FieldsProps } from './PermitFields.js';
import { ClockInput } from '../app/typed.js';
import { USUAL_WINDOW, type WindowForm, windowsOf } from './permitForm.js';

/** When a permit lets haul. */
export function HoursFields({ disabled, wrongOf }: FieldsProps) {
  const t = useWords();
  const f = t.permits.form;
  const { always, windows } = useDesk((s) => s.permit)!.form;
  return <HoursEditor label={f.hours} none={f.always} field="hours" {...{ always, windows, disabled, wrongOf }} onChange={changePermit} />;
}

interface EditorProps {
  label: string;
  /** What it is called when there are no windows. */
  none: string;
  /** As the server calls it. */
  field: string;
  always: boolean;
  windows: readonly WindowForm[];
  disabled: boolean;
  wrongOf: (field: string) => string | null;
  onChange: (change: { always?: boolean; windows?: WindowForm[] }) => void;
}

/** Windows of the day; each is said in words below, so that a night that ends tomorrow is read as one. */
export function HoursEditor({ label, none, field, always, windows, disabled, wrongOf, onChange }: EditorProps) {
  const t = useWords();
  const f = t.permits.form;
  const change = (at: number, part: Partial<WindowForm>) => onChange({ windows: windows.map((window, i) => (i === at ? { ...window, ...part } : window)) });
  return (
    <div className="hours" role="group" aria-label={label}>
      <div className="hours-head">
        <span className="field-label">{label}</span>
        <Segmented
          size="small"
          disabled={disabled}
          value={always ? 'always' : 'windowed'}
          options={[
            { value: 'windowed', label: f.windowed },
            { value: 'always', label: none },
          ]}
          onChange={(value) => onChange({ always: value === 'always', ...(windows.length === 0 ? { windows: [USUAL_WINDOW] } : {}) })}
        />
      </div>
      {!always &&
        windows.map((window, i) => (
          <WindowFields
            key={i}
            window={window}
            disabled={disabled}
            wrongOf={(part) => wrongOf(`${field}.${i}.${part}`)}
            onChange={(part) => change(i, part)}
            onRemove={windows.length > 1 ? () => onChange({ windows: windows.filter((_, at) => at !== i) }) : null}
          />
        ))}
      {wrongOf(field) && (
        <p className="field-line c-critical" role="alert">
          {wrongOf(field)}
        </p>
      )}
      {!always && !disabled && windows.length < 10 && (
        <Button type="link" size="small" onClick={() => onChange({ windows: [...windows, { ...USUAL_WINDOW, from: '', to: '' }] })}>
          + {f.addWindow}
        </Button>
      )}
    </div>
  );
}

interface WindowProps {
  window: WindowForm;
  disabled: boolean;
  wrongOf: (part: 'days' | 'from' | 'to') => string | null;
  onChange: (part: Partial<WindowForm>) => void;
  onRemove: (() => void) | null;
}

function WindowFields({ window, disabled, wrongOf, onChange, onRemove }: WindowProps) {
  const t = useWords();
  const f = t.permits.form;
  const { days, from, to } = window;
  const wrong = wrongOf('days') ?? wrongOf('from') ?? wrongOf('to');
  const said = clockTyped(from) && clockTyped(to) && days.length > 0 ? windowsOf(window).map((one) => windowWords(one, t)) : null;
  return (
    <Field label="" wrong={wrong} hint={said ? t.permits.windows(said) : undefined}>
      <div className="window">
        <div className="days" role="group" aria-label={f.days}>
          {ALL_DAYS.map((day) => (
            <button
              key={day}
              type="button"
              className="day"
              disabled={disabled}
              aria-pressed={days.includes(day)}
              aria-label={t.map.week(t.map.weekdays[day - 1]!)}
              onClick={() => onChange({ days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day] })}
            >
              {t.map.weekdays[day - 1]!.slice(0, 2)}
            </button>
          ))}
        </div>
        <ClockInput label={f.from} value={from} disabled={disabled} wrong={wrongOf('from') !== null} onChange={(value) => onChange({ from: value })} />
        <span className="window-to">–</span>
        <ClockInput label={f.to} value={to} disabled={disabled} wrong={wrongOf('to') !== null} onChange={(value) => onChange({ to: value })} />
        {onRemove && !disabled && (
          <button type="button" className="card-close" onClick={onRemove} aria-label={f.removeWindow} title={f.removeWindow}>
            ✕
          </button>
        )}
      </div>
    </Field>
  );
}
