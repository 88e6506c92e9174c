import type { NoticeDetail } from '@muckwatch/contract';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { waitsForAnswer } from './order.js';
import { putRightWords } from './says.js';

/** The rule in plain words, and what of it is done and what is yet to do. */
export function RuleCard({ detail }: { detail: NoticeDetail }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const language = t.code === 'zh-CN' ? 'zh' : 'en';
  const volume = detail.kind === 'volume-90' || detail.kind === 'volume-100';
  const name = detail.rule ? detail.rule.name[language] : volume ? t.notices.volumeRule : null;
  const description = detail.rule ? detail.rule.description[language] : volume ? t.notices.volumeRuleWhy : null;
  const answered = detail.steps.some(({ step }) => step === 'rectify' || step === 'object') && !waitsForAnswer(detail.status);
  return (
    <section className="own-card">
      {name && (
        <details className="notice-rule">
          <summary>
            {t.notices.byRule(name)} <span>{t.notices.ruleOpen}</span>
          </summary>
          <p>{description}</p>
        </details>
      )}
      <ul className="notice-todo">
        {detail.putRight && (
          <li className="done">
            <i aria-hidden>✓</i> {putRightWords(detail.putRight, now, zone, t)}
          </li>
        )}
        {detail.status !== 'withdrawn' && (
          <li className={answered ? 'done' : ''}>
            <i aria-hidden>{answered ? '✓' : '○'}</i> {answered ? t.notices.status[detail.status] : t.notices.yetToDo}
          </li>
        )}
      </ul>
    </section>
  );
}
