import type { RuleCode } from '@muckwatch/contract';
import { Button, Select } from 'antd';
import { useEffect } from 'react';
import { readRules, useRules } from '../alerts/rules.js';
import { cityInstant, cityText, nextHour } from '../app/cityTime.js';
import { plateWords } from '../app/plate.js';
import { Waiting } from '../app/Waiting.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { readRegistry, useRegistry } from '../trucks/registry.js';
import { bodyOf, changesOf, type Draft, faultOf, type RuleMap } from './lab.js';
import { LabRuns } from './LabRuns.js';
import { startRun, useLab } from './labStore.js';
import { LimitsEditor } from './LimitsEditor.js';
import { MomentInput } from '../app/typed.js';

const DAY_MS = 86_400_000;

export function LabSetup() {
  const t = useWords();
  const zone = useZone();
  const { rules, fault } = useRules();
  const kept = useLab((s) => s.draft);
  const draft = kept ?? firstDraft(zone);
  const change = (said: Partial<Draft>) => useLab.setState({ draft: { ...draft, ...said } });
  useEffect(() => {
    if (useLab.getState().draft === null) useLab.setState({ draft: firstDraft(zone) });
  }, [zone]);

  return (
    <>
      <header className="lab-title">
        <h1>{t.lab.title}</h1>
        <a href="#/">{t.system.back}</a>
      </header>
      <p className="lab-what">{t.lab.what}</p>
      {rules.size === 0 && !fault && <Waiting what={t.lab.rules} small />}
      {fault && (
        <p className="c-serious" role="alert">
          {t.lab.noRules} {fault}{' '}
          <button className="plain c-minor" onClick={() => void readRules()}>
            {t.retry}
          </button>
        </p>
      )}
      {rules.size > 0 && <Form draft={draft} rules={rules} change={change} />}
      <LabRuns />
    </>
  );
}

function firstDraft(zone: string): Draft {
  const now = serverNow();
  return { rules: [], tried: {}, truckIds: [], from: cityText(now - DAY_MS, zone), to: cityText(now + 60_000, zone) };
}

function Form({ draft, rules, change }: { draft: Draft; rules: RuleMap; change: (said: Partial<Draft>) => void }) {
  const t = useWords();
  const zone = useZone();
  const mayRun = useMay('set-for-all');
  const { busy, fault } = useLab();
  const running = useLab((s) => s.run?.state === 'running');
  const wrong = faultOf(draft, zone);
  const judged = [...rules.values()].filter(({ code }) => draft.rules.includes(code));
  const changes = changesOf(draft.tried, rules).filter(({ rule }) => draft.rules.includes(rule));

  return (
    <>
      <label className="lab-field">
        <span>{t.lab.rules}</span>
        <Select<RuleCode[]>
          mode="multiple"
          allowClear
          value={draft.rules}
          placeholder={t.lab.rulesAll}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(chosen) => change({ rules: chosen })}
          options={[...rules.keys()].map((code) => ({ value: code, label: t.rule[code as RuleCode] }))}
          data-testid="lab-rules"
        />
      </label>
      {judged.length === 0 && <p className="lab-hint">{t.lab.rulesHint}</p>}
      {judged.map((rule) => (
        <LimitsEditor
          key={rule.code}
          rule={rule}
          tried={draft.tried[rule.code] ?? {}}
          onChange={(limits) => change({ tried: { ...draft.tried, [rule.code]: limits } })}
        />
      ))}
      <TruckChoice chosen={draft.truckIds} onChoose={(truckIds) => change({ truckIds })} />
      <Stretch draft={draft} change={change} />
      {/* Its line is kept, so that the button stays where it is. */}
      <p className="lab-fault c-serious" role="alert">
        {wrong ? t.lab.fault[wrong] : fault}
      </p>
      <div className="lab-go">
        {mayRun && (
          <Button type="primary" disabled={wrong !== null || busy || running} onClick={() => void startRun(bodyOf(draft, rules, zone))} data-testid="lab-start">
            {running ? t.lab.state.running : t.lab.start}
          </Button>
        )}
        <span>{mayRun ? t.lab.changedOf(changes.length) : t.may.notOffered.run}</span>
      </div>
    </>
  );
}

function TruckChoice({ chosen, onChoose }: { chosen: string[]; onChoose: (ids: string[]) => void }) {
  const t = useWords();
  const trucks = useRegistry((s) => s.trucks);
  useEffect(() => void readRegistry(), []);
  return (
    <label className="lab-field">
      <span>{t.lab.trucks}</span>
      <Select<string[]>
        mode="multiple"
        allowClear
        value={chosen}
        placeholder={t.lab.trucksAll}
        maxTagCount={6}
        showSearch={{ optionFilterProp: 'search' }}
        onChange={onChoose}
        options={[...trucks.values()].map(({ id, plate }) => ({ value: id, label: plateWords(plate), search: `${plate} ${plateWords(plate)} ${id}` }))}
        data-testid="lab-trucks"
      />
    </label>
  );
}

function Stretch({ draft, change }: { draft: Draft; change: (said: Partial<Draft>) => void }) {
  const t = useWords();
  const zone = useZone();
  const now = serverNow();
  const between = (from: number, to: number) => change({ from: cityText(from, zone), to: cityText(to, zone) });
  const morning = nextHour(now, 8, zone) - DAY_MS;
  return (
    <fieldset className="lab-time">
      <legend>{t.lab.time}</legend>
      <div className="lab-times">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            <span>{t.lab[end]}</span>
            <MomentInput
              label={t.lab[end]}
              value={draft[end]}
              aria-invalid={cityInstant(draft[end], zone) === null}
              onChange={(value) => change({ [end]: value })}
              data-testid={`lab-${end}`}
            />
          </label>
        ))}
      </div>
      <div className="lab-chips">
        <button type="button" className="chip" onClick={() => between(now - DAY_MS, now + 60_000)}>
          {t.lab.last24h}
        </button>
        <button type="button" className="chip" onClick={() => between(morning - DAY_MS / 2, morning)}>
          {t.lab.lastNight}
        </button>
        <button type="button" className="chip" onClick={() => between(now - 7 * DAY_MS, now + 60_000)}>
          {t.lab.last7d}
        </button>
      </div>
    </fieldset>
  );
}
