import type { Alert } from '@muckwatch/contract';
import { create } from 'zustand';
import { remembered, remember } from '../app/remember.js';
import { quietOf } from './incidents.js';

export const useSound = create<{ on: boolean; blocked: boolean }>(() => ({ on: remembered('sound') !== 'off', blocked: false }));

let audio: AudioContext | null = null;

export function setSound(on: boolean): void {
  remember('sound', on ? 'on' : 'off');
  useSound.setState({ on });
  if (on) void wakeAudio();
}

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

/** Two soft falling notes, 0.9 s: heard across the room, bearable forty times a night. */
export function ring(): void {
  if (!useSound.getState().on || audio?.state !== 'running') return;
  const start = audio.currentTime + 0.02;
  for (const [offset, hz] of [
    [0, 880],
    [0.22, 660],
  ] as const) {
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.type = 'triangle';
    tone.frequency.value = hz;
    loud.gain.setValueAtTime(0, start + offset);
    loud.gain.linearRampToValueAtTime(0.32, start + offset + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, start + offset + 0.65);
    tone.connect(loud).connect(audio.destination);
    tone.start(start + offset);
    tone.stop(start + offset + 0.7);
  }
}

/** More were not open at once in any room; what was rung for before them is long decided. */
const RUNG_KEPT = 2_000;

/** The incidents to ring for: critical, undecided, neither late nor quiet, and each only once. `rung` is added to, and forgets the oldest. */
export function incidentsToRing(heard: readonly Alert[], rung: Set<string>): string[] {
  const fresh: string[] = [];
  for (const alert of heard) {
    if (alert.severity !== 'critical' || alert.status !== 'open' || alert.late || quietOf(alert) || rung.has(alert.incident)) continue;
    rung.add(alert.incident);
    fresh.push(alert.incident);
  }
  for (const oldest of rung) {
    if (rung.size <= RUNG_KEPT) break;
    rung.delete(oldest);
  }
  return fresh;
}
