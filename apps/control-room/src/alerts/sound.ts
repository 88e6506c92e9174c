import type { Alert, Severity } from '@muckwatch/contract';
import { create } from 'zustand';
import { remembered, remember } from '../app/remember.js';
import { useSession } from '../auth/session.js';
import { SEVERITY_RANK } from '../theme/tokens.js';
import { quietOf } from './incidents.js';
import { play } from './sounds.js';

/** What one person at this browser wants to hear. */
export interface SoundChoice {
  on: boolean;
  /** Critical ones are heard whenever sound is on; the others only where somebody asks for it. */
  serious: boolean;
  minor: boolean;
  /** % */
  volume: number;
}

export const VOLUME = { least: 10, most: 100, usual: 60, step: 10 } as const;
const USUAL: SoundChoice = { on: true, serious: false, minor: false, volume: VOLUME.usual };

export const useSound = create<SoundChoice & { blocked: boolean }>(() => ({ ...USUAL, blocked: false }));

let audio: AudioContext | null = null;
let whose: string | null = null;

// A desk has three shifts a day: each person's ears are their own.
heed();
useSession.subscribe(heed);

function heed(): void {
  const { session } = useSession.getState();
  const id = session.state === 'in' ? session.account.id : null;
  if (id === null || id === whose) return;
  whose = id;
  useSound.setState(choiceOf(remembered(keyOf(id))));
}

function keyOf(accountId: string): string {
  return `sound.${accountId}`;
}

/** What was remembered, read with care: an older or a spoilt word is as good as none. */
export function choiceOf(text: string | null): SoundChoice {
  let said: unknown;
  try {
    said = JSON.parse(text ?? '{}');
  } catch {
    return USUAL;
  }
  const { on, serious, minor, volume } = (said ?? {}) as Record<string, unknown>;
  return {
    on: on !== false,
    serious: serious === true,
    minor: minor === true,
    volume: typeof volume === 'number' && volume >= VOLUME.least && volume <= VOLUME.most ? volume : VOLUME.usual,
  };
}

export function setSound(change: Partial<SoundChoice>): void {
  useSound.setState(change);
  const { on, serious, minor, volume } = useSound.getState();
  if (whose !== null) remember(keyOf(whose), JSON.stringify({ on, serious, minor, volume }));
  if (on) void wakeAudio();
}

export const toggleSound = (): void => setSound({ on: !useSound.getState().on });

/** Browsers allow no sound before the first click or key: called at each until it works. */
export async function wakeAudio(): Promise<void> {
  if (typeof AudioContext === 'undefined') return;
  // Asked before anybody has touched the page, the browser refuses and complains.
  if (navigator.userActivation?.hasBeenActive === false) return useSound.setState({ blocked: true });
  audio ??= new AudioContext();
  // While blocked, resume() may stay pending for ever: the state tells, not the promise.
  void audio.resume().then(() => useSound.setState({ blocked: false }));
  await new Promise((resolve) => setTimeout(resolve, 150));
  useSound.setState({ blocked: audio.state !== 'running' });
}

/** Sounds for what was just heard, where this person wants to hear such. */
export function ring(severity: Severity): void {
  const choice = useSound.getState();
  if (isHeard(severity, choice) && audio?.state === 'running') play(audio, severity, choice.volume);
}

export const isHeard = (severity: Severity, choice: SoundChoice): boolean => choice.on && (severity === 'critical' || choice[severity]);

/** Lets a person hear what a severity sounds like, whether or not it is switched on. */
export async function trySound(severity: Severity): Promise<void> {
  await wakeAudio();
  if (audio?.state === 'running') play(audio, severity, useSound.getState().volume);
}

/** More were not open at once in any room; what was told before them is long decided. */
const RUNG_KEPT = 2_000;

/**
 * The worst of what is new, to sound once for all of it; null: nothing is. New is an incident that was not heard of before, and one that became worse
 * than it was: undecided, neither late nor quiet. `rung` keeps what every incident was told as, heard or not: what is switched on later does not tell of what
 * stands there already. The oldest are forgotten.
 */
export function worstToRing(heard: readonly Alert[], rung: Map<string, Severity>): Severity | null {
  let worst: Severity | null = null;
  for (const { incident, severity, ...alert } of heard) {
    if (alert.status !== 'open' || alert.late || quietOf(alert)) continue;
    const before = rung.get(incident);
    if (before && SEVERITY_RANK[severity] <= SEVERITY_RANK[before]) continue;
    rung.set(incident, severity);
    if (worst === null || SEVERITY_RANK[severity] > SEVERITY_RANK[worst]) worst = severity;
  }
  for (const oldest of rung.keys()) {
    if (rung.size <= RUNG_KEPT) break;
    rung.delete(oldest);
  }
  return worst;
}
