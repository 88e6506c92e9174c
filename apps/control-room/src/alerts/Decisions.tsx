import type { Alert, AlertStep } from '@muckwatch/contract';
import { Checkbox, Input } from 'antd';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { isAllowed, othersFor, press, useDecision } from './decisions.js';
import { isDecided } from './incidents.js';
import { useQueue } from './queueStore.js';

/** The decisions, always at the same place, with their keys. A step that needs a reason opens its line above and keeps its own button. */
export function Decisions({ alert }: { alert: Alert }) {
  const t = useWords();
  const zone = useZone();
  const { asking, busy, error } = useDecision();
  const decided = isDecided(alert);
  return (
    <footer className="decide">
      {error && (
        <div className="decide-error" role="alert">
          <strong>{error.headline}</strong>
          <span>{error.detail}</span>
        </div>
      )}
      {alert.decision && alert.status !== 'open' && !asking && (
        <div className="decide-by">
          {alert.status === 'dismissed' ? '✕' : alert.status === 'confirmed' ? '✓' : '…'}{' '}
          {t.detail.decidedBy(alert.decision.by, t.status[alert.status], timeWords(Date.parse(alert.decision.at), serverNow(), zone, t))}
          {alert.decision.reason && <span> · {t.detail.reasonOf(alert.decision.reason)}</span>}
        </div>
      )}
      {asking && <Reason step={asking} />}
      <Others alert={alert} />
      <div className={`decide-buttons ${decided ? 'one' : ''}`} aria-busy={busy}>
        {decided ? (
          <Step step="reopen" hotkey="R" alert={alert} label={t.decide.reopen} primary={asking === 'reopen'} />
        ) : (
          <>
            <Step step="confirm" hotkey="C" alert={alert} label={t.decide.confirm} danger={asking === null} />
            <Step step="acknowledge" hotkey="A" alert={alert} label={alert.status === 'acknowledged' ? t.status.acknowledged : t.decide.acknowledge} />
            <Step step="dismiss" hotkey="D" alert={alert} label={t.decide.dismiss} primary={asking === 'dismiss'} />
          </>
        )}
      </div>
    </footer>
  );
}

function Step({
  step,
  hotkey,
  alert,
  label,
  danger = false,
  primary = false,
}: {
  step: AlertStep;
  hotkey: string;
  alert: Alert;
  label: string;
  danger?: boolean;
  primary?: boolean;
}) {
  const { busy, asking, reason } = useDecision();
  const needsReason = asking === step && reason.trim() === '';
  return (
    <button
      className={`decide-button ${danger ? 'danger' : ''} ${primary ? 'primary' : ''}`}
      disabled={busy || !isAllowed(alert, step) || needsReason}
      onClick={() => press(step)}
      data-testid={step}
    >
      {label} <span className="hotkey">{hotkey}</span>
    </button>
  );
}

function Reason({ step }: { step: 'dismiss' | 'reopen' }) {
  const t = useWords();
  const reason = useDecision((s) => s.reason);
  const ready = step === 'dismiss' ? t.decide.reasons : t.decide.reopenReasons;
  return (
    <div className="decide-reason">
      <div className="decide-ready">
        {ready.map((words) => (
          <button key={words} className={`chip ${reason === words ? 'on' : ''}`} onClick={() => useDecision.setState({ reason: words })}>
            {words}
          </button>
        ))}
      </div>
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={500}
        value={reason}
        placeholder={step === 'dismiss' ? t.decide.reasonDismiss : t.decide.reasonReopen}
        onChange={(event) => useDecision.setState({ reason: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') useDecision.setState({ asking: null, reason: '' });
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          press(step);
        }}
        data-testid="reason"
      />
      <span className="decide-hint">{t.decide.reasonHint}</span>
    </div>
  );
}

/** The queue is incidents: one decision may settle all that is undecided of this one. Never by itself. */
function Others({ alert }: { alert: Alert }) {
  const t = useWords();
  useQueue((s) => s.incidents);
  const withOthers = useDecision((s) => s.withOthers);
  const others = othersFor(alert, isDecided(alert) ? 'reopen' : 'confirm');
  if (others.length === 0) return null;
  return (
    <Checkbox className="decide-others" checked={withOthers} onChange={(event) => useDecision.setState({ withOthers: event.target.checked })}>
      {t.decide.withOthers(others.length)}
    </Checkbox>
  );
}
