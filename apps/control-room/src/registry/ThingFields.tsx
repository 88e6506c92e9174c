import { Input, Select } from 'antd';
import { useWords } from '../i18n/index.js';
import { Field } from '../permits/Field.js';
import { type FieldDef, KIND, type Kind } from './kinds.js';
import type { Form } from './thingForm.js';
import { useNames } from './useCells.js';
import { useLabel } from './useLabel.js';

interface Props {
  kind: Kind;
  form: Form;
  isNew: boolean;
  disabled: boolean;
  wrongOf: (field: string) => string | null;
  onChange: (part: Form) => void;
}

/** Every field of a kind with its control; below each what is wrong with it. */
export function ThingFields({ kind, form, isNew, disabled, wrongOf, onChange }: Props) {
  const t = useWords();
  const label = useLabel(kind);
  // A name in Frigate is asked of a Frigate only.
  const fields = KIND[kind].fields.filter(({ field }) => field !== 'frigateName' || form.kind === 'frigate');
  return (
    <>
      {fields.map((def) => (
        <Field
          key={def.field}
          label={`${label(def.field)}${def.unit === undefined ? '' : ` (${def.unit})`}`}
          id={`thing-${def.field}`}
          wrong={wrongOf(def.field)}
        >
          <Control def={def} value={form[def.field] ?? ''} disabled={disabled} onChange={(value) => onChange({ [def.field]: value })} />
        </Field>
      ))}
      {isNew && (
        <Field label={t.registry.id} id="thing-id" hint={t.registry.idHint} wrong={wrongOf('id')}>
          <Input
            id="thing-id"
            autoComplete="off"
            maxLength={64}
            value={form.id}
            disabled={disabled}
            onChange={({ target }) => onChange({ id: target.value })}
          />
        </Field>
      )}
    </>
  );
}

function Control({ def, value, disabled, onChange }: { def: FieldDef; value: string; disabled: boolean; onChange: (value: string) => void }) {
  const t = useWords();
  const names = useNames();
  const { field, as, needed, most } = def;
  const id = `thing-${field}`;
  if (as === 'text' || as === 'number') {
    return (
      <Input
        id={id}
        autoComplete="off"
        maxLength={most}
        inputMode={as === 'number' ? 'decimal' : field === 'phone' ? 'tel' : undefined}
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value)}
      />
    );
  }
  const options =
    as === 'camera-kind'
      ? (['gate', 'frigate'] as const).map((one) => ({ value: one, label: t.people.devices.kinds[one] }))
      : [...names[as]].map(([one, name]) => ({ value: one, label: name === one ? name : `${name} · ${one}` }));
  return (
    <Select
      id={id}
      value={value === '' ? undefined : value}
      disabled={disabled}
      allowClear={!needed && as !== 'camera-kind'}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={(next: string | undefined) => onChange(next ?? '')}
    />
  );
}
