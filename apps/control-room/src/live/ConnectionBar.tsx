import { useEffect } from 'react';
import { ageWords, clockTime, spanWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { tryNow } from './connection.js';
import './connection.css';
import { useLive, useZone } from './liveStore.js';

const SUMMARY_MS = 20_000;

/** A lost line is a calm bar with the age of what is shown; its return says what came meanwhile. Nothing while all is well. */
export function ConnectionBar() {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const { link, shownAt, returned } = useLive();

  useEffect(() => {
    if (!returned) return;
    const timer = setTimeout(() => useLive.setState({ returned: null }), SUMMARY_MS);
    return () => clearTimeout(timer);
  }, [returned]);

  if (link === 'lost') {
    const words = shownAt === null ? t.link.lostNever : t.link.lost(clockTime(shownAt, zone), t.ago(ageWords(now - shownAt, t)));
    return (
      <div className="link lost" role="status" data-testid="connection-bar">
        <i className="dot warn" aria-hidden />
        <span>{words}</span>
        <button className="link-button" onClick={tryNow}>
          {t.link.retry}
        </button>
      </div>
    );
  }
  if (!returned) return null;

  const arrived = returned.arrived.critical + returned.arrived.serious + returned.arrived.minor;
  return (
    <div className="link back" role="status" data-testid="connection-bar">
      <span>{t.link.back(spanWords(returned.goneMs, t))}</span>
      <span>{arrived === 0 ? t.link.nothing : t.link.arrived(arrived)}</span>
      {SEVERITIES_WORST_FIRST.filter((severity) => returned.arrived[severity] > 0).map((severity) => (
        <span key={severity} className={`c-${severity}`}>
          {SEVERITY_SHAPE[severity]} {returned.arrived[severity]} {t.severity[severity]}
        </span>
      ))}
      {returned.decidedByOthers > 0 && <span>{t.link.decided(returned.decidedByOthers)}</span>}
      <button className="link-button" onClick={() => useLive.setState({ returned: null })}>
        {t.link.gotIt}
      </button>
    </div>
  );
}
