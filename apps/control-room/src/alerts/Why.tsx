import type { Alert } from '@muckwatch/contract';
import { useWords } from '../i18n/index.js';
import { serverNow } from '../live/liveStore.js';
import { evidenceWords } from './factRows.js';
import { type Measured, measureName } from './measures.js';
import { useRules } from './rules.js';
import { useTelling } from './useTelling.js';

/** «Why this alert»: the rule in words, the limits it was judged by, and what was measured. */
export function Why({ alert, limits }: { alert: Alert; limits: Record<string, number> | null }) {
  const t = useWords();
  const rule = useRules().rules.get(alert.rule);

  const used = Object.entries(limits ?? rule?.limits ?? {});
  const measured = Object.entries(alert.evidence).filter(([, value]) => value !== null);
  return (
    <section className="why">
      <h3>{t.detail.why}</h3>
      {rule && <p>{t.code === 'zh-CN' ? rule.description.zh : rule.description.en}</p>}
      {measured.length > 0 && <Values title={t.detail.measured} rule={alert.rule} values={measured} />}
      {used.length > 0 && <Values title={t.detail.limits} rule={alert.rule} values={used} />}
      <a className="c-minor" href={`#/help/rules?rule=${alert.rule}`}>
        {t.help.all} →
      </a>
    </section>
  );
}

function Values({ title, rule, values }: { title: string; rule: string; values: [string, Measured][] }) {
  const telling = useTelling(serverNow());
  return (
    <>
      <h4>{title}</h4>
      <dl className="why-values">
        {values.map(([name, value]) => (
          <div key={name}>
            <dt>{measureName(name, telling.words, rule)}</dt>
            <dd>{evidenceWords(name, value, telling, rule)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
