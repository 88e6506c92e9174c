import { isAway } from '../live/liveStore.js';

const KEY = 'muckwatch.taken-anew';
/** A part that is missing again so soon is missing for another reason: the page then says so. */
const AGAIN_AFTER_MS = 60_000;

/** A page opened before an update misses the parts that it had not fetched yet: it is taken anew, and its address says where it was going. */
export function followUpdates(): void {
  window.addEventListener('vite:preloadError', (event) => {
    // Without a server there is nothing to take: the browser would show its own page instead of ours.
    if (isAway()) return;
    if (Date.now() - Number(sessionStorage.getItem(KEY)) < AGAIN_AFTER_MS) return;
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  });
}
