import { memo } from 'react';
import { clockTime } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { type Incident, otherRules } from './incidents.js';
import { stripOf } from './strip.js';

/** What else belongs to the incident, worst first, and when each of it was: the row reads as one thing. */
export const IncidentStrip = memo(function IncidentStrip({ incident }: { incident: Incident }) {
  const t = useWords();
  const zone = useZone();
  const others = otherRules(incident);
  const strip = stripOf([incident.lead, ...incident.others], serverNow());
  return (
    <span className="row-line row-incident">
      {others.length > 0 && (
        <span className="row-also">
          {t.queue.also('')}
          {others.map(({ id, rule, severity }) => (
            <span key={id} className="row-other">
              <i className={`c-${severity}`}>{SEVERITY_SHAPE[severity]}</i> {t.rule[rule]}
            </span>
          ))}
        </span>
      )}
      {strip && (
        <span className="row-strip" aria-hidden>
          <time>{clockTime(strip.from, zone).slice(0, 5)}</time>
          <span className="row-bar">
            {strip.stripes.map((stripe) => (
              <i key={stripe.id} className={`b-${stripe.severity}`} style={{ left: `${stripe.leftPct}%`, width: `${stripe.widthPct}%` }} />
            ))}
          </span>
          <time>{clockTime(strip.to, zone).slice(0, 5)}</time>
        </span>
      )}
    </span>
  );
});
