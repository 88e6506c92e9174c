import type { Hours } from './hours.js';
import type { EpochMs } from './time.js';

/** A disposal permit 处置核准: who may take muck from a site to which yards, on which routes and when. */
export interface Permit {
  id: string;
  companyId: string;
  siteId: string;
  yardIds: string[];
  /** Empty: every truck of the company. */
  truckIds: string[];
  /** Empty: any way is approved. */
  routeIds: string[];
  /** When muck may be hauled; outside of them the permit stays active. */
  hours: Hours;
  /** Active for `validFrom ≤ t < validTo`; null: without end. */
  validFrom: EpochMs | null;
  validTo: EpochMs | null;
  volumeM3: number | null;
}

/** The permit is in force for the truck: it names the truck, or its company and no trucks. Its hours do not matter. */
export function isActive(permit: Permit, truck: { id: string; companyId: string }, at: EpochMs): boolean {
  if (permit.validFrom !== null && at < permit.validFrom) return false;
  if (permit.validTo !== null && at >= permit.validTo) return false;
  return permit.truckIds.length === 0 ? permit.companyId === truck.companyId : permit.truckIds.includes(truck.id);
}
