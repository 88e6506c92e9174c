import { useWords } from '../i18n/index.js';
import { changePermit, useDesk } from './desk.js';
import { Field } from './Field.js';
import { ClockInput, DateInput } from '../app/typed.js';
import type { FieldsProps } from './PermitFields.js';
import type { ValidityForm } from './permitForm.js';

/** From when to when a permit is good. */
export function ValidityFields({ disabled, wrongOf }: FieldsProps) {
  const form = useDesk((s) => s.permit)!.form;
  return <ValidityEditor form={form} disabled={disabled} wrongOf={wrongOf} onChange={changePermit} />;
}

interface EditorProps extends FieldsProps {
  form: ValidityForm;
  onChange: (change: Partial<ValidityForm>) => void;
}

/** From when to when, by the city's calendar. */
export function ValidityEditor({ form, disabled, wrongOf, onChange }: EditorProps) {
  const t = useWords();
  const f = t.permits.form;
  const { fromDate, fromClock, toDate, toClock } = form;
  return (
    <div className="field-pair">
      <Field label={`${f.validity} · ${f.validFrom}`} id="f-from" hint={f.validFromHint} wrong={wrongOf('validFrom')}>
        <div className="field-row">
          <DateInput
            id="f-from"
            value={fromDate}
            disabled={disabled}
            wrong={wrongOf('validFrom') !== null}
            onChange={(value) => onChange({ fromDate: value })}
          />
          <ClockInput
            label={f.validFrom}
            value={fromClock}
            disabled={disabled || fromDate === ''}
            wrong={wrongOf('validFrom') !== null}
            onChange={(value) => onChange({ fromClock: value })}
          />
        </div>
      </Field>
      <Field label={`${f.validity} · ${f.validTo}`} id="f-to" hint={f.validToHint} wrong={wrongOf('validTo')}>
        <div className="field-row">
          <DateInput id="f-to" value={toDate} disabled={disabled} wrong={wrongOf('validTo') !== null} onChange={(value) => onChange({ toDate: value })} />
          <ClockInput
            label={f.validTo}
            value={toClock}
            disabled={disabled || toDate === ''}
            wrong={wrongOf('validTo') !== null}
            onChange={(value) => onChange({ toClock: value })}
          />
        </div>
      </Field>
    </div>
  );
}
