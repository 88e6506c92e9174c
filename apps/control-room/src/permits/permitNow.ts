import type { PermitResource } from '@muckwatch/contract';
import { isOpen, nextChange } from './hours.js';

export const PERIODS = ['active', 'not-yet', 'expired', 'retired'] as const;
export type Period = (typeof PERIODS)[number];

/** How a permit stands at a moment. */
export interface PermitNow {
  period: Period;
  /** May be hauled on now: active, and one of its windows is open. */
  open: boolean;
  /** When `open` next changes, ms; null where that is not known or never. */
  until: number | null;
}

export type Validity = Pick<PermitResource, 'hours' | 'validFrom' | 'validTo' | 'retired'>;

/** `validFrom ≤ now < validTo`, as the rules read it; its hours do not make it inactive. */
export function permitNow({ hours, validFrom, validTo, retired }: Validity, now: number, zone: string): PermitNow {
  if (retired) return { period: 'retired', open: false, until: null };
  const from = validFrom === null ? null : Date.parse(validFrom);
  const to = validTo === null ? null : Date.parse(validTo);
  if (to !== null && now >= to) return { period: 'expired', open: false, until: null };
  if (from !== null && now < from) {
    const until = isOpen(hours, from, zone) ? from : nextChange(hours, from, zone);
    return { period: 'not-yet', open: false, until: endsFirst(to, until) ? null : until };
  }
  const open = isOpen(hours, now, zone);
  const change = nextChange(hours, now, zone);
  if (!open) return { period: 'active', open, until: endsFirst(to, change) ? null : change };
  return { period: 'active', open, until: endsFirst(to, change) ? to : change };
}

function endsFirst(to: number | null, change: number | null): boolean {
  return to !== null && (change === null || to <= change);
}
