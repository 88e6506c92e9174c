import { afterStep, type Alert, type AlertStatus, type AlertStep } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, Refused, wordsOf } from '../app/api.js';
import { useFocus } from '../app/focus.js';
import { words } from '../i18n/index.js';
import { hearAlerts, takeStep, useAlerts } from './alertStore.js';
import { useQueue } from './queueStore.js';

export const UNDO_MS = 10_000;

/** A person's act: a step, or standing by what had been decided before it changed. */
export type Act = AlertStep | 'keep';

interface Undo {
  step: Act;
  done: { id: string; was: AlertStatus }[];
  /** performance.now() when the offer ends; null where the step cannot be taken back. */
  until: number | null;
}

interface DecisionState {
  /** A step that waits for its reason. */
  asking: 'dismiss' | 'reopen' | 'keep' | null;
  reason: string;
  withOthers: boolean;
  busy: boolean;
  /** How far a step on many has come; null for a step on one. */
  progress: { done: number; of: number } | null;
  error: { headline: string; detail: string } | null;
  undo: Undo | null;
  undone: boolean;
}

export const useDecision = create<DecisionState>(() => ({
  asking: null,
  reason: '',
  withOthers: false,
  busy: false,
  progress: null,
  error: null,
  undo: null,
  undone: false,
}));

// Another alert before the eyes: a half-written reason or an old refusal must not stick to it.
useFocus.subscribe((now, before) => {
  if (now.alertId !== before.alertId) useDecision.setState({ asking: null, reason: '', withOthers: false, error: null });
});

// Somebody else was faster while the reason was being written: it is said at once, not when it is sent.
useAlerts.subscribe(() => {
  const { asking, busy } = useDecision.getState();
  const alert = chosenAlert();
  if (busy || asking === null || !alert || isAllowed(alert, asking)) return;
  const t = words();
  // Who it was, and when, stands below in any case.
  useDecision.setState({ asking: null, reason: '', error: { headline: t.decide.conflict(t.status[alert.status]), detail: '' } });
});

export const isAllowed = (alert: Alert, act: Act): boolean => (act === 'keep' ? stepToKeep(alert) !== null : afterStep(alert.status, act) !== null);

/** The step that decides a changed alert as it had been decided; null where nothing changed. */
export function stepToKeep(alert: Alert): 'confirm' | 'dismiss' | null {
  if (!alert.changedSinceDecided) return null;
  return alert.status === 'confirmed' ? 'confirm' : alert.status === 'dismissed' ? 'dismiss' : null;
}

/** A key or a button: takes the step at once, or asks for the reason first; pressed again with a reason it sends. */
export function press(pressed: Act): void {
  const alert = chosenAlert();
  const { asking, reason, busy } = useDecision.getState();
  if (!alert || busy) return;
  // «Confirm» on what is confirmed and changed since stands by it.
  const step = pressed === stepToKeep(alert) ? 'keep' : pressed;
  if (!isAllowed(alert, step)) return;
  if (step === 'confirm' || step === 'acknowledge') void decide(alert, step, null);
  else if (asking !== step) useDecision.setState({ asking: step, reason: '', error: null });
  else if (reason.trim() !== '') void decide(alert, step, reason.trim());
}

export function chosenAlert(): Alert | null {
  const { alertId } = useFocus.getState();
  return alertId === null ? null : (useAlerts.getState().alerts.get(alertId) ?? null);
}

/** The other alerts of the incident that the same step would settle. */
export function othersFor(alert: Alert, step: Act): Alert[] {
  const incident = useQueue.getState().incidents.get(alert.incident);
  return incident ? [incident.lead, ...incident.others].filter((other) => other.id !== alert.id && isAllowed(other, step)) : [];
}

function decide(alert: Alert, step: Act, reason: string | null): Promise<boolean> {
  const { withOthers } = useDecision.getState();
  return decideAll([alert, ...(withOthers ? othersFor(alert, step) : [])], step, reason, false);
}

let stopped = false;

/** What has been decided of many stays decided; it can be undone as one. */
export const stopDeciding = (): void => void (stopped = true);

/** One step on several alerts, one after the other: the first refusal ends it. Whether all of them took it. */
export async function decideAll(targets: readonly Alert[], step: Act, reason: string | null, many = true): Promise<boolean> {
  if (targets.length === 0 || useDecision.getState().busy) return false;
  stopped = false;
  useDecision.setState({ busy: true, error: null, progress: many ? { done: 0, of: targets.length } : null });
  const done: Undo['done'] = [];
  try {
    for (const target of targets) {
      if (stopped) break;
      await act(target, step, reason);
      done.push({ id: target.id, was: target.status });
      if (many) useDecision.setState({ progress: { done: done.length, of: targets.length } });
    }
    useDecision.setState({ asking: null, reason: '', withOthers: false });
  } catch (error) {
    await explain(error, targets[done.length]!.id);
  }
  // «Acknowledge» has no way back in the wire's steps; nothing is offered that cannot be done.
  const undo = done.length > 0 ? { step, done, until: step === 'confirm' || step === 'dismiss' ? performance.now() + UNDO_MS : null } : null;
  useDecision.setState((s) => ({ busy: false, progress: null, undo: undo ?? s.undo, undone: false }));
  return done.length === targets.length;
}

/** The wire has no step for standing by a decision: it is taken back and taken again, and both say why. */
async function act(alert: Alert, step: Act, reason: string | null): Promise<void> {
  const again = step === 'keep' ? stepToKeep(alert) : null;
  if (step !== 'keep') await takeStep(alert.id, step, reason);
  if (again === null) return;
  await takeStep(alert.id, 'reopen', reason);
  await takeStep(alert.id, again, again === 'dismiss' ? reason : null);
}

async function explain(error: unknown, alertId: string): Promise<void> {
  const t = words().decide;
  if (error instanceof Refused && error.status === 409) {
    // Somebody was faster: show how it stands now, and say so.
    const fresh = await get<Alert>(`/alerts/${encodeURIComponent(alertId)}`).catch(() => null);
    if (fresh) hearAlerts([fresh]);
    const status = (fresh ?? useAlerts.getState().alerts.get(alertId))?.status;
    useDecision.setState({ asking: null, error: { headline: status ? t.conflict(words().status[status]) : t.failed, detail: error.detail } });
    return;
  }
  const offline = error instanceof Refused && error.status === 0;
  useDecision.setState({ error: { headline: t.failed, detail: offline ? t.tryAgain : wordsOf(error) } });
}

/** Within ten seconds: reopened with a reason that says so, and taken in hand again where it had been. */
export async function undoLast(): Promise<void> {
  const { undo, busy } = useDecision.getState();
  if (!undo || busy || undo.until === null || performance.now() > undo.until) return;
  useDecision.setState({ busy: true, undo: null });
  try {
    for (const { id, was } of undo.done) {
      await takeStep(id, 'reopen', words().decide.undoReason);
      if (was === 'acknowledged') await takeStep(id, 'acknowledge', null);
    }
    useDecision.setState({ undone: true });
  } catch (error) {
    await explain(error, undo.done[0]!.id);
  } finally {
    useDecision.setState({ busy: false });
  }
}
