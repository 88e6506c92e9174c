import type { Alert } from '@muckwatch/contract';
import { Checkbox, Input } from 'antd';
import { timeWords } from '../app/time.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { type Act, isAllowed, othersFor, press, stepToKeep, useDecision } from './decisions.js';
import { changeWords } from './IncidentRow.js';
import { isClosed } from './incidents.js';
import { useQueue } from './queueStore.js';

/** The decisions, always at the same place, with their keys. A step that needs a reason opens its line above and keeps its own button. */
export function Decisions({ alert }: { alert: Alert }) {
  const t = useWords();
  const zone = useZone();
  const { asking, error } = useDecision();
  const closed = isClosed(alert);
  const keep = stepToKeep(alert);
  const mayDecide = useMay('decide');
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
          {t.detail.decidedBy(alert.decision.by, t.decided[alert.status], timeWords(Date.parse(alert.decision.at), serverNow(), zone, t))}
          {alert.decision.reason && <span> · {t.detail.reasonOf(alert.decision.reason)}</span>}
        </div>
      )}
      {alert.changedSinceDecided && (
        <div className="decide-changed" role="note">
          <span className="tag changed">{t.queue.changed}</span> {changeWords(alert, t)}
        </div>
      )}
      {asking && <Reason step={asking} />}
      {mayDecide ? <Buttons alert={alert} closed={closed} keep={keep} /> : <p className="decide-by">{t.decide.readOnly}</p>}
    </footer>
  );
}

function Buttons({ alert, closed, keep }: { alert: Alert; closed: boolean; keep: ReturnType<typeof stepToKeep> }) {
  const t = useWords();
  const { asking, busy } = useDecision();
  return (
    <>
      <Others alert={alert} />
      <div className={`decide-buttons ${closed ? (keep ? 'two' : 'one') : ''}`} aria-busy={busy}>
        {closed ? (
          <>
            {keep && <Step step="keep" hotkey={keep === 'confirm' ? 'C' : 'D'} alert={alert} label={t.decide.keep[keep]} primary={asking === 'keep'} />}
            <Step step="reopen" hotkey="R" alert={alert} label={t.decide.reopen} primary={asking === 'reopen'} />
          </>
        ) : (
          <>
            <Step step="confirm" hotkey="C" alert={alert} label={t.decide.confirm} danger={asking === null} />
            <Step step="acknowledge" hotkey="A" alert={alert} label={alert.status === 'acknowledged' ? t.status.acknowledged : t.decide.acknowledge} />
            <Step step="dismiss" hotkey="D" alert={alert} label={t.decide.dismiss} primary={asking === 'dismiss'} />
          </>
        )}
      </div>
    </>
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
  step: Act;
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

function Reason({ step }: { step: 'dismiss' | 'reopen' | 'keep' }) {
  const t = useWords();
  const reason = useDecision((s) => s.reason);
  const ready = { dismiss: t.decide.reasons, reopen: t.decide.reopenReasons, keep: t.decide.keepReasons }[step];
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
        placeholder={{ dismiss: t.decide.reasonDismiss, reopen: t.decide.reasonReopen, keep: t.decide.reasonKeep }[step]}
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
  const others = othersFor(alert, isClosed(alert) ? (stepToKeep(alert) ? 'keep' : 'reopen') : 'confirm');
  if (others.length === 0) return null;
  return (
    <Checkbox className="decide-others" checked={withOthers} onChange={(event) => useDecision.setState({ withOthers: event.target.checked })}>
      {t.decide.withOthers(others.length)}
    </Checkbox>
  );
}
