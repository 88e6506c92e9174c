import type { RuleResource } from '@muckwatch/contract';
import { InputNumber } from 'antd';
import { measureName } from '../alerts/measures.js';
import { useWords } from '../i18n/index.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { tidy, typed } from './lab.js';
import { limitWords, unitWords } from './limitWords.js';

interface Props {
  rule: RuleResource;
  /** What was typed; a name that is missing stands as in force. */
  tried: Record<string, number>;
  onChange: (tried: Record<string, number>) => void;
}

/** A rule's limits as numbers with their units, each with what is in force and what the default is. */
export function LimitsEditor({ rule, tried, onChange }: Props) {
  const t = useWords();
  const names = Object.keys(rule.limits);
  const changed = names.some((name) => tried[name] !== undefined && tried[name] !== rule.limits[name]);
  return (
    <section className="limits" data-testid={`limits-${rule.code}`}>
      <header>
        <h3>
          <span className={`c-${rule.severity}`} aria-hidden>
            {SEVERITY_SHAPE[rule.severity]}
          </span>{' '}
          {t.rule[rule.code]}
        </h3>
        <button type="button" className="plain c-minor" disabled={!changed} onClick={() => onChange({})}>
          {changed ? t.lab.reset : ''}
        </button>
      </header>
      <p>{t.code === 'zh-CN' ? rule.description.zh : rule.description.en}</p>
      {names.length === 0 && <p className="mute">{t.lab.noLimits}</p>}
      {names.map((name) => (
        <Limit key={name} name={name} rule={rule} value={tried[name] ?? rule.limits[name]!} onChange={(value) => onChange({ ...tried, [name]: value })} />
      ))}
    </section>
  );
}

function Limit({ name, rule, value, onChange }: { name: string; rule: RuleResource; value: number; onChange: (value: number) => void }) {
  const t = useWords();
  const inForce = rule.limits[name]!;
  const byDefault = rule.defaults[name] ?? inForce;
  const { factor, step } = typed(name);
  return (
    <label className={`limit ${value === inForce ? '' : 'changed'}`}>
      <span>{measureName(name, t, rule.code)}</span>
      <InputNumber<number>
        value={tidy(value * factor)}
        min={0}
        max={/(^c|C)onfidence$/.test(name) ? 1 : undefined}
        step={step}
        suffix={unitWords(name, t)}
        // An emptied field is what is in force again, not nothing.
        onChange={(typedValue) => onChange(typedValue === null ? inForce : tidy(typedValue / factor))}
        changeOnWheel={false}
        data-testid={`limit-${rule.code}-${name}`}
      />
      <small>
        {inForce !== byDefault && <span className="tag">{t.lab.own}</span>} {t.lab.inForce(limitWords(name, inForce, t))}
        {inForce !== byDefault && ` · ${t.lab.byDefault(limitWords(name, byDefault, t))}`}
      </small>
    </label>
  );
}
