import { useEffect } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { addressOf, viewOf } from '../alerts/filterAddress.js';
import { setView, useQueue } from '../alerts/queueStore.js';
import { useFocus } from './focus.js';
import { replaceAddress, routeOf } from './router.js';

/**
 * The address of the control room says which alert is looked at and what the queue shows; somebody who comes by an address finds both. It follows
 * what is chosen without filling the history: Back leaves the page, it does not step through forty alerts.
 */
export function useMapAddress(onMap: boolean): void {
  const alertId = useFocus((s) => s.alertId);
  const tab = useQueue((s) => s.tab);
  const filter = useQueue((s) => s.filter);
  useEffect(() => {
    heedAddress(location.hash);
    // As it was followed: by now the page may have put its own in its place.
    const heed = (event: HashChangeEvent) => heedAddress(new URL(event.newURL).hash);
    // Only what somebody followed is heeded: what is replaced here says nothing new, and obeying it would chase its own tail.
    window.addEventListener('hashchange', heed);
    const stop = useAlerts.subscribe(findIncident);
    return () => {
      window.removeEventListener('hashchange', heed);
      stop();
    };
  }, []);
  useEffect(() => {
    if (onMap) replaceAddress((alertId === null ? '#/' : `#/alert/${encodeURIComponent(alertId)}`) + addressOf({ tab, filter }));
  }, [onMap, alertId, tab, filter]);
}

function heedAddress(hash: string): void {
  const { page, rest, query } = routeOf(hash);
  if (page !== 'map') return;
  if (query.size > 0 && `?${query.toString()}` !== addressOf(useQueue.getState())) setView(viewOf(query));
  if (rest === null || rest === useFocus.getState().alertId) return;
  useFocus.setState({ alertId: rest, incidentId: null, truckId: null, placeId: null, routeId: null, panelOpen: true });
  findIncident();
}

/** An alert that is chosen before it is known: its incident is chosen with it once it is. */
function findIncident(): void {
  const { alertId, incidentId } = useFocus.getState();
  if (alertId === null || incidentId !== null) return;
  const alert = useAlerts.getState().alerts.get(alertId);
  if (alert) useFocus.setState({ incidentId: alert.incident });
}
