import type { Alert, RuleResource } from '@muckwatch/contract';
import { useEffect } from 'react';
import { create } from 'zustand';
import { get, itemsOf } from '../app/api.js';
import { useWords } from '../i18n/index.js';
import { useLive } from '../live/liveStore.js';
import { measureWords } from './measures.js';

const useRules = create<{ rules: ReadonlyMap<string, RuleResource>; edit: number }>(() => ({ rules: new Map(), edit: -1 }));

/** «Why this alert»: the rule in words, the limits it was judged by, and what was measured. */
export function Why({ alert, limits }: { alert: Alert; limits: Record<string, number> | null }) {
  const t = useWords();
  const edit = useLive((s) => s.edits.rules);
  const rule = useRules((s) => s.rules.get(alert.rule));
  useEffect(() => {
    if (useRules.getState().edit === edit) return;
    void get('/rules').then(
      (page) => useRules.setState({ rules: new Map(itemsOf<RuleResource>(page).map((r) => [r.code, r])), edit }),
      () => undefined,
    );
  }, [edit]);

  const used = Object.entries(limits ?? rule?.limits ?? {});
  const measured = Object.entries(alert.evidence).filter(([, value]) => value !== null);
  return (
    <section className="why">
      <h3>{t.detail.why}</h3>
      {rule && <p>{t.code === 'zh-CN' ? rule.description.zh : rule.description.en}</p>}
      {measured.length > 0 && <Values title={t.detail.measured} values={measured} />}
      {used.length > 0 && <Values title={t.detail.limits} values={used} />}
    </section>
  );
}

function Values({ title, values }: { title: string; values: [string, number | string | boolean | null][] }) {
  const t = useWords();
  return (
    <>
      <h4>{title}</h4>
      <dl className="why-values">
        {values.map(([name, value]) => (
          <div key={name}>
            <dt>{t.measure[name] ?? name}</dt>
            <dd>{measureWords(name, value, t)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
