import type { Health, Notice, PageToServer, ServerToPage, Snapshot } from '@muckwatch/contract';
import type { Socket } from 'socket.io-client';
import { sessionEnded } from '../auth/session.js';
import { serverNow, useLive } from '../live/liveStore.js';

export interface Ears {
  notice: (notice: Notice) => void;
  /** The line was broken, or the page lay in a pocket: what came meanwhile was not heard. */
  missed: () => void;
}

/** Longer in the background than this, and nobody can say whether the socket slept through something. */
const ASLEEP_MS = 30_000;

/**
 * The own pages' socket: notices and the server's clock, no positions. Its client is fetched after the page is drawn: over 3G the notice
 * itself comes first.
 */
export function openLink(ears: Ears): () => void {
  let socket: Socket<ServerToPage, PageToServer> | null = null;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt: number | null = null;
  let first = true;

  const connect = async () => {
    const { io } = await import('socket.io-client');
    if (closed) return;
    socket = io('/live', { withCredentials: true, transports: ['websocket', 'polling'], reconnectionDelay: 1_000, reconnectionDelayMax: 10_000 });
    // Of trucks that nobody looks at here no position shall be sent.
    socket.on('connect', () => socket?.emit('watch', { truckId: '-' }, () => undefined));
    socket.on('snapshot', ({ at, health }: Snapshot) => {
      onHealth(health);
      useLive.setState({ link: 'live', shownAt: Date.parse(at), lostAt: null });
      if (!first) ears.missed();
      first = false;
    });
    socket.on('health', onHealth);
    socket.on('notice', ears.notice);
    socket.on('disconnect', (reason) => {
      lost();
      // After a farewell of the server's own the client does not try again by itself.
      if (reason === 'io server disconnect') retry = setTimeout(() => socket?.connect(), 2_000);
    });
    socket.on('connect_error', (error) => {
      if (error.message === 'unauthorized') return sessionEnded();
      lost();
      if (socket && !socket.active) retry = setTimeout(() => socket?.connect(), 2_000);
    });
  };
  const tryConnect = () =>
    connect().catch(() => {
      lost();
      retry = setTimeout(() => void tryConnect(), 5_000);
    });

  const onVisible = () => {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now();
    else if (hiddenAt !== null && Date.now() - hiddenAt > ASLEEP_MS) ears.missed();
  };
  const onOnline = () => {
    ears.missed();
    socket?.disconnect().connect();
  };
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', onOnline);
  window.addEventListener('offline', lost);
  const start = setTimeout(() => void tryConnect(), 300);
  return () => {
    closed = true;
    clearTimeout(start);
    clearTimeout(retry);
    socket?.disconnect();
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', onOnline);
    window.removeEventListener('offline', lost);
    useLive.setState({ link: 'connecting', shownAt: null, lostAt: null });
  };
}

function onHealth(health: Health): void {
  useLive.setState({ health, clockOffsetMs: Date.parse(health.at) - Date.now(), shownAt: Date.parse(health.at) });
}

function lost(): void {
  if (useLive.getState().link !== 'lost') useLive.setState({ link: 'lost', lostAt: serverNow() });
}
