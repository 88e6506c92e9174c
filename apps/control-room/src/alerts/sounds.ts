import type { Severity } from '@muckwatch/contract';

/** One note: when it begins, how high it is and how long it rings on. */
export interface Note {
  atS: number;
  hz: number;
  lastsS: number;
}

/**
 * Told apart by their shape, not by their height alone, since that is what is left of them across a room: two falling notes for what is critical, the
 * same note twice for what is serious, one short low note for what is minor. All are bearable forty times a night.
 */
export const SOUND: Record<Severity, readonly Note[]> = {
  critical: [
    { atS: 0, hz: 880, lastsS: 0.65 },
    { atS: 0.22, hz: 660, lastsS: 0.65 },
  ],
  serious: [
    { atS: 0, hz: 587, lastsS: 0.16 },
    { atS: 0.18, hz: 587, lastsS: 0.3 },
  ],
  minor: [{ atS: 0, hz: 392, lastsS: 0.28 }],
};

/** How loud at 100 %, as a share of what the device can do; at the usual 60 % it is 0.32. */
const LOUDEST = 0.53;
const RISES_S = 0.02;
const SILENT = 0.001;

/** Plays a severity's notes; `volume` 10…100 %. */
export function play(audio: AudioContext, severity: Severity, volume: number): void {
  const start = audio.currentTime + RISES_S;
  for (const { atS, hz, lastsS } of SOUND[severity]) {
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    const from = start + atS;
    tone.type = 'triangle';
    tone.frequency.value = hz;
    loud.gain.setValueAtTime(0, from);
    loud.gain.linearRampToValueAtTime((LOUDEST * volume) / 100, from + RISES_S);
    loud.gain.exponentialRampToValueAtTime(SILENT, from + lastsS);
    tone.connect(loud).connect(audio.destination);
    tone.start(from);
    tone.stop(from + lastsS + 0.05);
  }
}
