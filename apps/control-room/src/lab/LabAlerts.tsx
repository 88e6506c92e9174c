import type { LabAlert, LabRun, RuleCode } from '@muckwatch/contract';
import { Input, Select } from 'antd';
import { type KeyboardEvent, memo, useMemo, useState } from 'react';
import { plateWords } from '../app/plate.js';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { inOrder, keyOf, type LabFilter, NO_LAB_FILTER, passesLab, totalOf } from './lab.js';
import { useLab } from './labStore.js';
import { chooseFound } from './labMap.js';

const CHANGES = ['gained', 'lost', 'kept'] as const;
/** Thousands of rows at once would hold up the page; nobody reads them at once either. */
const PAGE = 150;

export function LabAlerts({ run }: { run: LabRun }) {
  const t = useWords();
  const [filter, setFilter] = useState<LabFilter>(NO_LAB_FILTER);
  const [shown, setShown] = useState(PAGE);
  const chosen = useLab((s) => s.chosen);
  const found = useMemo(() => inOrder(run.alerts.filter((alert) => passesLab(alert, filter))), [run.alerts, filter]);
  if (run.alerts.length === 0) return null;

  const total = totalOf(run.counts);
  const cut = total.kept + total.gained + total.lost > run.alerts.length;
  const toggle = (change: LabAlert['change']) =>
    setFilter((f) => ({ ...f, changes: f.changes.includes(change) ? f.changes.filter((one) => one !== change) : [...f.changes, change] }));

  return (
    <>
      <div className="lab-filter">
        <div className="lab-chips">
          {CHANGES.map((change) => (
            <button
              key={change}
              className={`chip ${filter.changes.includes(change) ? 'on' : ''}`}
              aria-pressed={filter.changes.includes(change)}
              title={t.lab.changeWhy[change]}
              onClick={() => toggle(change)}
              data-testid={`filter-${change}`}
            >
              <i className={`ch-mark ch-${change}`} /> {t.lab.change[change]} {total[change]}
            </button>
          ))}
        </div>
        <div className="lab-narrow">
          <Select<RuleCode[]>
            mode="multiple"
            allowClear
            value={filter.rules}
            placeholder={t.queue.allRules}
            maxTagCount={1}
            onChange={(rules) => setFilter((f) => ({ ...f, rules }))}
            options={run.counts.filter(({ kept, gained, lost }) => kept + gained + lost > 0).map(({ rule }) => ({ value: rule, label: t.rule[rule] }))}
          />
          <Input value={filter.plate} placeholder={t.lab.plate} allowClear onChange={(event) => setFilter((f) => ({ ...f, plate: event.target.value }))} />
        </div>
      </div>
      <div className="lab-list" onKeyDown={walk} data-testid="lab-alerts">
        {found.slice(0, shown).map((alert) => (
          <Row key={keyOf(alert)} alert={alert} chosen={keyOf(alert) === chosen} />
        ))}
        {found.length === 0 && <p className="lab-nothing">{t.lab.filtered}</p>}
        {found.length > shown && (
          <button className="chip" onClick={() => setShown(shown + PAGE)}>
            {t.lab.more(Math.min(PAGE, found.length - shown))}
          </button>
        )}
        {cut && <p className="lab-hint">{t.lab.cut}</p>}
      </div>
    </>
  );
}

const Row = memo(function Row({ alert, chosen }: { alert: LabAlert; chosen: boolean }) {
  const t = useWords();
  const zone = useZone();
  return (
    <button
      className={`lab-row ${chosen ? 'on' : ''}`}
      aria-pressed={chosen}
      onClick={() => chooseFound(alert)}
      data-change={alert.change}
      data-rule={alert.rule}
    >
      <i className={`ch-mark ch-${alert.change}`} aria-hidden />
      <b>{plateWords(alert.truck.plate)}</b>
      <time>{timeWords(Date.parse(alert.began), serverNow(), zone, t)}</time>
      <span className="lab-row-rule">
        <span className={`c-${alert.severity}`}>{SEVERITY_SHAPE[alert.severity]}</span>{' '}
        <span className={`ch-text ch-${alert.change}`}>{t.rule[alert.rule]}</span>
        <small>
          {t.lab.change[alert.change]}
          {alert.place && ` · ${alert.place.name}`}
        </small>
      </span>
    </button>
  );
});

/** Arrows walk through the list and choose on the way. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.lab-row')];
  const at = rows.indexOf(document.activeElement as HTMLButtonElement);
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}
