import { useMemo } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { otherRules } from '../alerts/incidents.js';
import { chooseIncident } from '../app/focus.js';
import { plateWords } from '../app/plate.js';
import { ageWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { summaryWords } from '../notice/says.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { openIncidents } from './rows.js';
import { Empty } from './TrucksTab.js';

/** Open incidents of the company's trucks, the gravest first; each opens in the control room. */
export function AlertsTab() {
  const t = useWords();
  const now = useNow();
  const alerts = useAlerts((s) => s.alerts);
  const incidents = useMemo(() => openIncidents(alerts), [alerts]);
  if (incidents.length === 0) return <Empty what={t.company.noAlerts} why={t.company.noAlertsWhy} />;
  return (
    <ul className="company-rows">
      {incidents.map((incident) => {
        const { lead } = incident;
        const others = otherRules(incident);
        return (
          <li key={incident.id}>
            <a
              className="company-row"
              href={`#/alert/${encodeURIComponent(lead.id)}`}
              onClick={() => chooseIncident(incident.id, lead.id)}
              data-testid="company-alert"
              data-rule={lead.rule}
            >
              <span className="company-one">
                <b className="company-plate">
                  <i className={`c-${lead.severity}`} aria-hidden>
                    {SEVERITY_SHAPE[lead.severity]}
                  </i>{' '}
                  {lead.truck.plate === null ? t.queue.unknownTruck : plateWords(lead.truck.plate)}
                </b>
                <span className="soft">{t.ago(ageWords(now - Date.parse(lead.began), t))}</span>
              </span>
              <span className={`c-${lead.severity}`}>
                {t.rule[lead.rule]}
                <span className="soft"> · {t.status[lead.status]}</span>
              </span>
              <span className="soft">{summaryWords(lead, t)}</span>
              {others.length > 0 && <span className="soft">{t.queue.also(t.list(others.map(({ rule }) => t.rule[rule])))}</span>}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
