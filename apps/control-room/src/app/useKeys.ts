import type { AlertStep } from '@muckwatch/contract';
import { useEffect } from 'react';
import { chosenAlert, press, undoLast, useDecision } from '../alerts/decisions.js';
import { neighbour } from '../alerts/holding.js';
import { keyed, settle, useQueue } from '../alerts/queueStore.js';
import { clearSelection, toggleSelected, useSelection } from '../alerts/selection.js';
import { toggleSound } from '../alerts/sound.js';
import { currentMap } from '../map/current.js';
import { follow, unfollow, useFollow } from '../map/follow.js';
import { endMeasuring, leaveMeasuring, useMeasure } from '../map/measureStore.js';
import { mayNow } from '../auth/may.js';
import { askForWord } from '../commands/CommandDialog.js';
import { snoozeAlert } from '../snooze/AlertSnooze.js';
import { takeOrLeave } from '../shift/assign.js';
import { askWhomToTell } from '../told/TellDialog.js';
import { chooseIncident, choosePlace, closePanel, lookAgain, useFocus } from './focus.js';

/** The keys of the control room. While somebody types, letters are letters. */
export function useKeys(onMap: boolean, toggleHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || isModalOpen(event)) return;
      const act = event.key === '?' ? toggleHelp : actOf(event.key, onMap, event.target);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onMap, toggleHelp]);
}

function actOf(key: string, onMap: boolean, target: EventTarget | null): (() => void) | null {
  if (key.toLowerCase() === 'm') return toggleSound;
  if (!onMap) return null;
  switch (key.toLowerCase()) {
    case 'j':
      return () => step(1);
    case 'k':
      return () => step(-1);
    case 'f':
      return toggleFollow;
    case 'enter':
      if (useMeasure.getState().on) return endMeasuring;
      // Enter on a button presses that button.
      return target instanceof HTMLElement && target.closest('button, a, [role=menuitem]') ? null : lookAgain;
    case 'a':
      return () => decide('acknowledge');
    case 'c':
      return () => decide('confirm');
    case 'd':
      return () => decide('dismiss');
    case 'r':
      return () => decide('reopen');
    case 'i':
      return take;
    case 'x':
      return tick;
    case 's':
      return snooze;
    case 't':
      return tell;
    case 'w':
      return word;
    case 'u':
      return () => void undoLast();
    case 'n':
      return settle;
    case '/':
      return () => document.querySelector<HTMLInputElement>('#find')?.focus();
    case 'escape':
      return escape;
    default:
      return null;
  }
}

/** A decision by key is a step through the list too: the row keeps its place until the hand is off. */
function decide(step: AlertStep): void {
  if (!mayNow('decide')) return;
  keyed();
  press(step);
}

function take(): void {
  const alert = chosenAlert();
  if (alert && mayNow('decide')) takeOrLeave(alert, useQueue.getState().incidents.get(alert.incident)?.assignee?.id ?? null);
}

/** Ticked, and on to the next: a list is gone through with two keys. */
function tick(): void {
  const { incidentId } = useFocus.getState();
  if (incidentId === null || !mayNow('decide')) return;
  toggleSelected(incidentId);
  step(1);
}

/** The map stays with the truck whose card is open, else with that of the chosen incident; or leaves it. */
function toggleFollow(): void {
  const truckId = useFocus.getState().truckId ?? chosenAlert()?.truck.id ?? null;
  if (useFollow.getState().truckId !== null) unfollow();
  else if (truckId !== null && currentMap()) follow(truckId);
}

function snooze(): void {
  const alert = chosenAlert();
  if (alert && mayNow('decide')) snoozeAlert(alert);
}

function tell(): void {
  const alert = chosenAlert();
  if (alert && mayNow('tell')) askWhomToTell(alert);
}

function word(): void {
  const alert = chosenAlert();
  if (!alert || alert.truck.id === null || !mayNow('command')) return;
  askForWord({ truckId: alert.truck.id, plate: alert.truck.plate ?? alert.truck.id, alertId: alert.id, rule: alert.rule });
}

function step(by: 1 | -1): void {
  keyed();
  const { rows } = useQueue.getState();
  const id = neighbour(rows, useFocus.getState().incidentId, by);
  const row = rows.find((r) => r.incident.id === id);
  if (!row) return;
  chooseIncident(row.incident.id, row.incident.lead.id, false);
  document.getElementById(`row-${row.incident.id}`)?.scrollIntoView({ block: 'nearest' });
}

/** The innermost open thing closes first. */
function escape(): void {
  const { asking, error } = useDecision.getState();
  const { truckId, placeId, routeId } = useFocus.getState();
  if (useMeasure.getState().on) leaveMeasuring();
  else if (useFollow.getState().truckId !== null) unfollow();
  else if (asking || error) useDecision.setState({ asking: null, reason: '', error: null });
  else if (useSelection.getState().ids.size > 0) clearSelection();
  else if (truckId !== null || placeId !== null || routeId !== null) choosePlace(null);
  else closePanel();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && target.type === 'checkbox')
  );
}

/** Behind an open dialogue nothing may be decided. «?» still closes the help. */
function isModalOpen(event: KeyboardEvent): boolean {
  return event.key !== '?' && document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null;
}
