import type { Alert, Changed, CommandResource, Health, Notice, PageToServer, Position, ServerToPage, Severity, Snapshot } from '@muckwatch/contract';
import { io, type Socket } from 'socket.io-client';
import { forgetAlerts, forgetDecided, hearAlerts, readDecided, useAlerts } from '../alerts/alertStore.js';
import { mergeSnapshot } from '../alerts/merge.js';
import { ring, worstToRing } from '../alerts/sound.js';
import { useFocus } from '../app/focus.js';
import { shiftOf } from '../app/time.js';
import { sessionEnded } from '../auth/session.js';
import { hearCommand } from '../commands/commandStore.js';
import { forgetReview, hearAnswer, hearControl } from '../review/reviewStore.js';
import { hearTold } from '../told/toldStore.js';
import { hearNotice } from '../notice/noticeStore.js';
import { Trails } from '../map/trails.js';
import { Fleet } from './fleet.js';
import { serverNow, useLive } from './liveStore.js';
import { worked } from './work.js';

const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

/** The one fleet of this page. The map draws it by itself; React never sees a position. */
export const fleet = new Fleet(() => reducedMotion.matches);
/** Where its trucks have lately driven, since the page was opened. */
export const trails = new Trails();

let socket: Socket<ServerToPage, PageToServer> | null = null;
let retry: ReturnType<typeof setTimeout> | null = null;
const rung = new Map<string, Severity>();
/** So long without a packet, and the server is asked whether it is there: the socket alone takes up to 45 s to notice a dead line. */
const SILENT_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;
let heardAt = 0;
let asking = false;
let watch: ReturnType<typeof setInterval> | null = null;
/** When the packet in hand came off the wire: its decoding is the page's work too. */
let packetAt = 0;

export function connect(): void {
  if (socket) return;
  socket = io('/live', { withCredentials: true, transports: ['websocket', 'polling'], reconnectionDelay: 1_000, reconnectionDelayMax: 5_000 });
  socket.io.on('open', () => socket?.io.engine.on('packet', () => (packetAt = heardAt = performance.now())));
  socket.on('snapshot', timed(onSnapshot));
  socket.on('positions', timed(onPositions));
  socket.on('alert', onAlert);
  socket.on('health', onHealth);
  socket.on('notice', onNotice);
  socket.on('command', onCommand);
  socket.on('changed', onChanged);
  socket.on('disconnect', (reason) => {
    lost();
    // After a farewell of the server's own the client does not try again by itself.
    if (reason === 'io server disconnect') again();
  });
  socket.on('connect_error', (error) => {
    if (error.message === 'unauthorized') {
      sessionEnded();
      return;
    }
    lost();
    if (socket && !socket.active) again();
  });
  heardAt = performance.now();
  watch = setInterval(() => performance.now() - heardAt > SILENT_MS && void askIfThere(), 1_000);
  window.addEventListener('offline', onOffline);
  window.addEventListener('online', tryNow);
}

export function disconnect(): void {
  if (retry) clearTimeout(retry);
  if (watch) clearInterval(watch);
  window.removeEventListener('offline', onOffline);
  window.removeEventListener('online', tryNow);
  socket?.disconnect();
  socket = null;
  rung.clear();
  forgetReview();
  fleet.replace([], performance.now());
  trails.forget();
  forgetAlerts();
  useLive.setState({ link: 'connecting', shownAt: null, lostAt: null, returned: null, health: null });
}

export function tryNow(): void {
  if (retry) clearTimeout(retry);
  // A manager waiting for its next attempt ignores connect(): it has to be closed first.
  socket?.disconnect().connect();
}

function again(): void {
  if (retry) clearTimeout(retry);
  retry = setTimeout(() => socket?.connect(), 2_000);
}

const onOffline = (): void => void askIfThere();

/** A server that is there and has nothing to say is not a broken line. */
async function askIfThere(): Promise<void> {
  if (asking || useLive.getState().link !== 'live') return;
  asking = true;
  try {
    await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    heardAt = performance.now();
  } catch {
    // It may have spoken while it was being asked.
    if (socket && (performance.now() - heardAt > ANSWER_WITHIN_MS || !navigator.onLine)) {
      lost();
      tryNow();
    }
  } finally {
    asking = false;
  }
}

/** The line broke when the last was heard on it, not when that was noticed. */
function lost(): void {
  const { link, shownAt } = useLive.getState();
  if (link === 'lost') return;
  useLive.setState({ link: 'lost', lostAt: shownAt ?? serverNow() });
}

function onSnapshot(snapshot: Snapshot): void {
  const before = useLive.getState();
  const known = useAlerts.getState().alerts;
  const first = before.shownAt === null;
  const at = Date.parse(snapshot.at);

  useLive.setState({ clockOffsetMs: at - Date.now() });
  const was = [...fleet.ids];
  fleet.replace(snapshot.trucks, performance.now());
  trails.reorder(was, (id) => fleet.indexOf(id));
  const back = mergeSnapshot(known, snapshot.alerts);
  useAlerts.setState({ alerts: back.alerts });
  onHealth(snapshot.health);
  useLive.setState({
    link: 'live',
    shownAt: at,
    lostAt: null,
    trucks: fleet.count,
    newestFixAt: newestOf(snapshot.trucks, null),
    returned:
      first || before.lostAt === null
        ? before.returned
        : { goneMs: at - before.lostAt, arrived: bySeverity(back.arrived), decidedByOthers: back.settled.length },
  });

  // What stood here before anybody looked rings for nobody; what came while the line was broken does.
  const worst = worstToRing(snapshot.alerts, rung);
  if (!first && worst) ring(worst);
  void readDecided(shiftOf(at, snapshot.health.cityTimeZone).since);
}

function onPositions(positions: Position[]): void {
  const now = performance.now();
  for (const position of positions) fleet.hear(position, now);
  trails.sample(fleet, now);
  const { newestFixAt } = useLive.getState();
  useLive.setState({ newestFixAt: newestOf(positions, newestFixAt), trucks: fleet.count, shownAt: serverNow() });
}

let pending: Alert[] = [];

/** Alerts of one instant become one change of the store: a burst of a hundred is one render. A timer, since frames stop in a hidden tab and the sound must not. */
function onAlert(alert: Alert): void {
  pending.push(alert);
  if (pending.length > 1) return;
  setTimeout(() => {
    const heard = pending;
    pending = [];
    hearAlerts(heard);
    const worst = worstToRing(heard, rung);
    if (worst) ring(worst);
  }, 40);
}

function onNotice(notice: Notice): void {
  hearNotice(notice);
  hearTold(notice);
  hearAnswer(notice);
}

function onCommand(command: CommandResource): void {
  hearCommand(command);
  hearControl(command);
}

/** How often what is over is let go. */
const FORGET_EVERY_MS = 10 * 60_000;
let forgotAt = performance.now();

function onHealth(health: Health): void {
  const known = useLive.getState().health;
  if (known && known.at >= health.at && known.startedAt === health.startedAt) return;
  useLive.setState({ health, clockOffsetMs: Date.parse(health.at) - Date.now(), shownAt: Date.parse(health.at) });
  if (performance.now() - forgotAt < FORGET_EVERY_MS) return;
  forgotAt = performance.now();
  forgetDecided(shiftOf(Date.parse(health.at), health.cityTimeZone).since, useFocus.getState().alertId);
}

function onChanged({ what }: Changed): void {
  const { edits } = useLive.getState();
  useLive.setState({ edits: { ...edits, [what]: edits[what] + 1 } });
}

function newestOf(positions: readonly Position[], before: number | null): number | null {
  // RFC 3339 in UTC compares as text: 10,000 parsed dates a second would cost 3 ms.
  let newest = '';
  for (const position of positions) if (position.at > newest) newest = position.at;
  if (newest === '') return before;
  return Math.max(before ?? 0, Date.parse(newest));
}

function bySeverity(alerts: readonly Alert[]): Record<Severity, number> {
  const counts = { critical: new Set<string>(), serious: new Set<string>(), minor: new Set<string>() };
  for (const alert of alerts) counts[alert.severity].add(alert.incident);
  return { critical: counts.critical.size, serious: counts.serious.size, minor: counts.minor.size };
}

function timed<T>(act: (said: T) => void): (said: T) => void {
  return (said) => {
    const began = packetAt > 0 && performance.now() - packetAt < 1_000 ? packetAt : performance.now();
    act(said);
    worked(performance.now() - began);
    packetAt = 0;
  };
}
