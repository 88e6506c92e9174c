import type { Alert, Notice, PermitResource, Sensor, TruckSensors } from '@muckwatch/contract';
import { groupIncidents, type Incident, queueOrder } from '../alerts/incidents.js';
import { shareHauled } from '../permits/hauled.js';
import { sensorRows } from '../trucks/sensors.js';

/** What is wrong with a truck's sensors, worst first: not what it never had. */
export interface Ailment {
  sensor: Sensor;
  part: 'contradicting' | 'faulty' | 'unknown';
}

/** Said less than this of the time counts as fine: a terminal that starts says nothing for a minute. */
const OFTEN = 0.2;
const SOMETIMES = 0.01;
const PARTS = ['contradicting', 'faulty', 'unknown'] as const;

/** null: the truck was not heard at all. */
export function ailmentsOf(sensors: TruckSensors): Ailment[] | null {
  if (sensors.last7d.heardS <= 0) return null;
  const found = sensorRows(sensors).flatMap(({ sensor, last24h, last7d }): Ailment[] => {
    const shares = last24h ?? last7d;
    if (!shares) return [];
    if (shares.contradicting > SOMETIMES) return [{ sensor, part: 'contradicting' }];
    if (shares.faulty > SOMETIMES) return [{ sensor, part: 'faulty' }];
    // A sensor that has said nothing for a week is not broken, it is not there.
    return shares.unknown > OFTEN && (last7d?.unknown ?? 1) < 1 ? [{ sensor, part: 'unknown' }] : [];
  });
  return found.sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
}

export const RUNS_OUT_IN_DAYS = 30;
export const RUNS_OUT_AT_SHARE = 0.9;

export interface PermitLeft {
  permit: PermitResource;
  /** Whole days until it ends; below 0: it has ended. null: it has no end. */
  daysLeft: number | null;
  /** How much of what it allows is hauled; 1 and more: all. null: it allows any volume, or no truck's box is known. */
  share: number | null;
  runsOut: boolean;
}

/** Which permits run out: within 30 days, or with 90 % of the volume hauled. Ended ones are said for a month more. */
export function permitsLeft(permits: readonly PermitResource[], now: number): PermitLeft[] {
  return permits
    .filter(({ retired }) => !retired)
    .map((permit): PermitLeft => {
      const daysLeft = permit.validTo === null ? null : Math.floor((Date.parse(permit.validTo) - now) / 86_400_000);
      const share = shareHauled(permit);
      const soon = daysLeft !== null && daysLeft <= RUNS_OUT_IN_DAYS && daysLeft >= -RUNS_OUT_IN_DAYS;
      return { permit, daysLeft, share, runsOut: soon || (share !== null && share >= RUNS_OUT_AT_SHARE) };
    })
    .sort((a, b) => Number(b.runsOut) - Number(a.runsOut) || (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || (a.permit.id < b.permit.id ? -1 : 1));
}

export type Outcome = 'waiting' | 'accepted' | 'sent-back' | 'again' | 'withdrawn';

/** How an objection ended; null where nobody objected. */
export function outcomeOf({ status, answer }: Pick<Notice, 'status' | 'answer'>): Outcome | null {
  if (!answer?.objected) return null;
  if (status === 'withdrawn') return 'withdrawn';
  if (answer.step === 'rectify') return 'again';
  if (status === 'sent-back') return 'sent-back';
  return status === 'accepted' ? 'accepted' : 'waiting';
}

/** What somebody said last about a notice, in words: an answer, or the review of one. */
export function lastWord({ answer, review }: Pick<Notice, 'answer' | 'review'>): { by: string; text: string; photos: number } | null {
  const said = [answer, review && { ...review, photos: 0 }].filter((one) => one !== null).sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  for (const { by, text, photos } of said) if (text) return { by, text, photos };
  return null;
}

/** Incidents that still want somebody, the gravest first. */
export const openIncidents = (alerts: ReadonlyMap<string, Alert>): Incident[] =>
  queueOrder(groupIncidents(alerts.values()).filter(({ stage, quiet }) => stage !== 'decided' && quiet === null));
