import type { RuleCode, Severity } from '@muckwatch/contract';
import { Checkbox, Popover } from 'antd';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { myId } from '../shift/assign.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { setFilter, useQueue } from './queueStore.js';

export function QueueFilters() {
  const t = useWords();
  const filter = useQueue((s) => s.filter);
  const rules = Object.keys(t.rule) as RuleCode[];
  const me = useMay('decide') ? myId() : null;

  return (
    <div className="queue-chips">
      <Choice<Severity>
        label={filter.severities.length === 0 ? t.queue.allSeverities : t.queue.severities(filter.severities.length)}
        options={SEVERITIES_WORST_FIRST.map((severity) => ({
          value: severity,
          label: `${SEVERITY_SHAPE[severity]} ${t.severity[severity]}`,
          className: `c-${severity}`,
        }))}
        chosen={filter.severities}
        onChoose={(severities) => setFilter({ ...filter, severities })}
      />
      <Choice<RuleCode>
        label={filter.rules.length === 0 ? t.queue.allRules : t.queue.rules(filter.rules.length)}
        options={rules.map((rule) => ({ value: rule, label: t.rule[rule] }))}
        chosen={filter.rules}
        onChoose={(chosen) => setFilter({ ...filter, rules: chosen })}
      />
      <button
        className={`chip ${filter.includeLate ? 'on' : ''}`}
        aria-pressed={filter.includeLate}
        onClick={() => setFilter({ ...filter, includeLate: !filter.includeLate })}
      >
        {filter.includeLate ? '✓ ' : ''}
        {t.queue.includeLate}
      </button>
      {me !== null && (
        <button
          className={`chip ${filter.assigneeId === me ? 'on' : ''}`}
          aria-pressed={filter.assigneeId === me}
          onClick={() => setFilter({ ...filter, assigneeId: filter.assigneeId === me ? null : me })}
          data-testid="filter-mine"
        >
          {filter.assigneeId === me ? '✓ ' : ''}
          {t.shifts.mine}
        </button>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  options: { value: T; label: string; className?: string }[];
  chosen: T[];
  onChoose: (chosen: T[]) => void;
}

function Choice<T extends string>({ label, options, chosen, onChoose }: ChoiceProps<T>) {
  const boxes = <Checkbox.Group style={{ display: 'grid', gap: 10 }} options={options} value={chosen} onChange={(values) => onChoose(values)} />;
  return (
    <Popover content={boxes} trigger="click" placement="bottomLeft" arrow={false}>
      <button className={`chip ${chosen.length > 0 ? 'on' : ''}`}>{label} ▾</button>
    </Popover>
  );
}
