import type { RuleResource } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { measureName } from '../alerts/measures.js';
import { readRules, useRules } from '../alerts/rules.js';
import { Empty, Lacking } from '../app/Parts.js';
import { useWords } from '../i18n/index.js';
import { limitWords } from '../lab/limitWords.js';
import { SEVERITY_RANK, SEVERITY_SHAPE } from '../theme/tokens.js';
import { FindField } from './FindField.js';
import { matches } from './find.js';

/** All rules, gravest first: what each forbids, in its own words, and by which limits. */
export function RulesPart({ chosen }: { chosen: string | null }) {
  const t = useWords();
  const { rules, fault } = useRules();
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (chosen !== null && rules.size > 0) document.getElementById(`rule-${chosen}`)?.scrollIntoView({ block: 'start' });
  }, [chosen, rules]);

  const shown = [...rules.values()]
    .filter((rule) => matches(typed, [rule.code, rule.name.zh, rule.name.en, rule.description.zh, rule.description.en]))
    .sort((a, b) => SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity]);
  const read = rules.size > 0 ? 'read' : fault ? 'failed' : 'reading';
  return (
    <>
      <div className="sheet-head">
        <p>{t.help.rulesWhat}</p>
        <FindField typed={typed} onChange={setTyped} words={t.help.findRules} />
      </div>
      {read !== 'read' ? (
        <Lacking read={{ state: read, words: fault, again: () => void readRules() }} empty={null} failed={t.help.rulesFailed} what={t.help.parts.rules} />
      ) : shown.length === 0 ? (
        <Empty title={t.help.noneFound} why={t.help.noneFoundWhy} />
      ) : (
        shown.map((rule) => <Rule key={rule.code} rule={rule} chosen={rule.code === chosen} />)
      )}
    </>
  );
}

function Rule({ rule, chosen }: { rule: RuleResource; chosen: boolean }) {
  const t = useWords();
  const chinese = t.code === 'zh-CN';
  const limits = Object.entries(rule.limits);
  return (
    <section className={`panel help-rule ${chosen ? 'chosen' : ''}`} id={`rule-${rule.code}`} data-testid="help-rule">
      <h2>
        <span className={`c-${rule.severity}`}>
          <span aria-hidden>{SEVERITY_SHAPE[rule.severity]}</span> {t.severity[rule.severity]}
        </span>{' '}
        {chinese ? rule.name.zh : rule.name.en} <small>{chinese ? rule.name.en : rule.name.zh}</small> <code>{rule.code}</code>
      </h2>
      <p>{chinese ? rule.description.zh : rule.description.en}</p>
      {limits.length === 0 ? (
        <p className="mute">{t.help.noLimits}</p>
      ) : (
        <dl aria-label={t.help.limits}>
          {limits.map(([name, value]) => (
            <div key={name}>
              <dt>{measureName(name, t, rule.code)}</dt>
              <dd>
                {limitWords(name, value, t)}
                {value !== rule.defaults[name] && (
                  <small>
                    <span className="tag">{t.lab.own}</span> {t.lab.byDefault(limitWords(name, rule.defaults[name] ?? value, t))}
                  </small>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
