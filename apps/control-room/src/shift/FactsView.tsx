import type { HandoverFacts } from '@muckwatch/contract';
import { plateWords } from '../app/plate.js';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';

/** What the server counted, in the order in which the next shift needs it. */
export function FactsView({ facts, onOpen }: { facts: HandoverFacts; onOpen?: () => void }) {
  const t = useWords();
  const zone = useZone();
  const now = serverNow();
  const left = facts.undecided.critical + facts.undecided.serious + facts.undecided.minor;
  return (
    <div className="facts-view">
      <section>
        <h3>
          {t.shifts.undecided} <Counts counts={facts.undecided} />
        </h3>
        {facts.incidents.length === 0 ? (
          <p className="soft">{t.shifts.nothingLeft}</p>
        ) : (
          <ul className="facts-list">
            {facts.incidents.map(({ incident, alertId, severity, plate, rule, status, began, assignee }) => (
              <li key={incident}>
                <span className={`c-${severity}`} role="img" aria-label={t.severity[severity]}>
                  {SEVERITY_SHAPE[severity]}
                </span>
                <a href={`#/alert/${encodeURIComponent(alertId)}`} onClick={onOpen}>
                  {plate === null ? t.queue.unknownTruck : plateWords(plate)}
                </a>
                <span>{t.rule[rule]}</span>
                <span className="soft">{timeWords(Date.parse(began), now, zone, t)}</span>
                <span className="soft">{[t.status[status], assignee && t.shifts.inHand(assignee)].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        )}
        {left > facts.incidents.length && <p className="soft">{t.shifts.more(left - facts.incidents.length)}</p>}
      </section>
      <section>
        <h3>
          {t.shifts.opened} <Counts counts={facts.opened} />
        </h3>
        <h3>{t.shifts.decided}</h3>
        <p className="soft">
          {facts.decided.length === 0
            ? t.shifts.nothingDecided
            : t.list(facts.decided.map(({ rule, confirmed, dismissed }) => t.shifts.decidedOf(t.rule[rule], confirmed, dismissed)))}
        </p>
        <h3>{t.shifts.snoozes}</h3>
        {facts.snoozes.length === 0 ? (
          <p className="soft">{t.shifts.noSnoozes}</p>
        ) : (
          <ul className="facts-list">
            {facts.snoozes.map(({ plate, rule, until, reason }, i) => (
              <li key={i}>
                <span>{plateWords(plate)}</span>
                <span>{t.rule[rule]}</span>
                <span className="soft">{t.shifts.until(timeWords(Date.parse(until), now, zone, t))}</span>
                <span className="soft">{reason}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Counts({ counts }: { counts: HandoverFacts['opened'] }) {
  const t = useWords();
  return (
    <span className="facts-counts">
      {SEVERITIES_WORST_FIRST.map((severity) => (
        <span key={severity} className={counts[severity] > 0 ? `c-${severity}` : 'mute'}>
          <span aria-hidden>{SEVERITY_SHAPE[severity]}</span> {counts[severity]} <span className="visually-hidden">{t.severity[severity]}</span>
        </span>
      ))}
    </span>
  );
}
