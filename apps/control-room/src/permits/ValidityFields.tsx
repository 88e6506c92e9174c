import { useWords } from '../i18n/index.js';
import { changePermit, useDesk } from './desk.js';
import { Field } from './Field.js';
import { ClockInput, DateInput } from './typed.js';
import type { FieldsProps } from './PermitFields.js';

/** From when to when, by the city's calendar. */
export function ValidityFields({ disabled, wrongOf }: FieldsProps) {
  const t = useWords();
  const f = t.permits.form;
  const { fromDate, fromClock, toDate, toClock } = useDesk((s) => s.permit)!.form;
  return (
    <div className="field-pair">
      <Field label={`${f.validity} · ${f.validFrom}`} id="f-from" hint={f.validFromHint} wrong={wrongOf('validFrom')}>
        <div className="field-row">
          <DateInput
            id="f-from"
            value={fromDate}
            disabled={disabled}
            wrong={wrongOf('validFrom') !== null}
            onChange={(value) => changePermit({ fromDate: value })}
          />
          <ClockInput
            label={f.validFrom}
            value={fromClock}
            disabled={disabled || fromDate === ''}
            wrong={wrongOf('validFrom') !== null}
            onChange={(value) => changePermit({ fromClock: value })}
          />
        </div>
      </Field>
      <Field label={`${f.validity} · ${f.validTo}`} id="f-to" hint={f.validToHint} wrong={wrongOf('validTo')}>
        <div className="field-row">
          <DateInput id="f-to" value={toDate} disabled={disabled} wrong={wrongOf('validTo') !== null} onChange={(value) => changePermit({ toDate: value })} />
          <ClockInput
            label={f.validTo}
            value={toClock}
            disabled={disabled || toDate === ''}
            wrong={wrongOf('validTo') !== null}
            onChange={(value) => changePermit({ toClock: value })}
          />
        </div>
      </Field>
    </div>
  );
}
