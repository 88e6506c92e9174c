import { Input } from 'antd';
import { useWords } from '../i18n/index.js';
import { useAssigning } from '../shift/assign.js';
import { AssignMenu } from '../shift/AssignMenu.js';
import { decideAll, stopDeciding, useDecision } from './decisions.js';
import { useQueue } from './queueStore.js';
import { clearSelection, selectAllShown, selectedOf, targetsOf, useSelection } from './selection.js';
import { useKept } from '../app/useKept.js';

/** One step on everything that is ticked. Never by a key: what is many is pressed on purpose, and undone as one. */
export function BulkBar() {
  const t = useWords();
  const ids = useSelection((s) => s.ids);
  const incidents = useQueue((s) => s.incidents);
  const { busy, progress, error } = useDecision();
  const assigning = useAssigning((s) => s.fault);
  const [dismissing, setDismissing] = useKept('dismiss many open', false);
  const [reason, setReason] = useKept('dismiss many', '');
  const chosen = selectedOf(ids, incidents);
  if (chosen.length === 0 && !progress) return null;

  const take = async (step: 'acknowledge' | 'confirm' | 'dismiss', why: string | null) => {
    // What is left over stays ticked, to be looked at or tried again.
    if (!(await decideAll(targetsOf(chosen, step), step, why))) return;
    setDismissing(false);
    setReason('');
    clearSelection();
  };
  const dismiss = () => {
    if (reason.trim() !== '') void take('dismiss', reason.trim());
  };
  return (
    <div className="bulk" role="region" aria-label={t.shifts.selected(chosen.length)} data-testid="bulk">
      {progress ? (
        <>
          <span role="status">{t.shifts.progress(progress.done, progress.of)}</span>
          <button className="chip" onClick={stopDeciding} data-testid="bulk-stop">
            {t.shifts.stop}
          </button>
        </>
      ) : (
        <>
          <b>{t.shifts.selected(chosen.length)}</b>
          {(['acknowledge', 'confirm'] as const).map((step) => (
            <button
              key={step}
              className="chip"
              disabled={busy || targetsOf(chosen, step).length === 0}
              onClick={() => void take(step, null)}
              data-testid={`bulk-${step}`}
            >
              {t.decide[step]} {targetsOf(chosen, step).length}
            </button>
          ))}
          <button
            className={`chip ${dismissing ? 'on' : ''}`}
            disabled={busy || targetsOf(chosen, 'dismiss').length === 0}
            aria-expanded={dismissing}
            onClick={() => setDismissing(!dismissing)}
            data-testid="bulk-dismiss"
          >
            {t.decide.dismiss} {targetsOf(chosen, 'dismiss').length}
          </button>
          <AssignMenu alerts={chosen.map(({ lead }) => lead)}>
            <button className="chip" data-testid="bulk-assign">
              {t.shifts.assign} ▾
            </button>
          </AssignMenu>
          <button className="chip" onClick={selectAllShown}>
            {t.shifts.all}
          </button>
          <button className="chip" onClick={clearSelection} aria-label={t.shifts.clear} title={t.shifts.clear} data-testid="bulk-clear">
            ✕
          </button>
        </>
      )}
      {!progress && (error ?? assigning) && (
        <p className="bulk-reason c-serious" role="alert">
          {error ? `${error.headline} ${error.detail}` : assigning}
        </p>
      )}
      {dismissing && !progress && (
        <div className="bulk-reason">
          <div className="decide-ready">
            {t.decide.reasons.map((words) => (
              <button key={words} className={`chip ${reason === words ? 'on' : ''}`} onClick={() => setReason(words)}>
                {words}
              </button>
            ))}
          </div>
          <Input
            autoFocus
            value={reason}
            maxLength={500}
            placeholder={t.decide.reasonDismiss}
            aria-label={t.decide.reasonDismiss}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setDismissing(false)}
            onPressEnter={(event) => !event.nativeEvent.isComposing && dismiss()}
            data-testid="bulk-reason"
          />
        </div>
      )}
    </div>
  );
}
