import { create } from 'zustand';
import { remember, remembered } from '../app/remember.js';

interface PromptEvent extends Event {
  prompt: () => Promise<unknown>;
}

/** The browser's own offer to add the page to the home screen, held back until it is asked for. */
export const useInstall = create<{ prompt: (() => void) | null; later: () => void }>((set) => ({
  prompt: null,
  later: () => {
    remember('install', 'later');
    set({ prompt: null });
  },
}));

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  if (remembered('install') === 'later') return;
  useInstall.setState({
    prompt: () => {
      useInstall.setState({ prompt: null });
      void (event as PromptEvent).prompt();
    },
  });
});

/** Keeps the page's own files on the telephone, so that it opens without a network; answers of the API are never kept. */
export function keepShell(): void {
  // Needs https, or this very machine; without it the page is only fetched each time.
  if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js').catch(() => undefined);
}
