import { isActive, isValid, type Permit } from './permit.js';
import type { EpochMs } from './time.js';

const NONE: readonly Permit[] = [];

/** Permits that are found by the truck they are for. */
export class PermitIndex {
  readonly #byId = new Map<string, Permit>();
  readonly #byTruck = new Map<string, Permit[]>();
  readonly #ofCompany = new Map<string, Permit[]>();
  /** Those for every truck of a company. */
  readonly #byCompany = new Map<string, Permit[]>();

  constructor(readonly permits: readonly Permit[]) {
    // By id, whoever was entered or read first: the same moments judged again give the same.
    for (const permit of permits.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      this.#byId.set(permit.id, permit);
      add(this.#ofCompany, permit.companyId, permit);
      if (permit.truckIds.length === 0) add(this.#byCompany, permit.companyId, permit);
      for (const id of permit.truckIds) add(this.#byTruck, id, permit);
    }
  }

  get(id: string): Permit | undefined {
    return this.#byId.get(id);
  }

  /** Asked at nearly every report, and most trucks have one or two: nothing is made where there is none. */
  of(truck: { id: string; companyId: string }, at: EpochMs): readonly Permit[] {
    const ofTruck = this.#byTruck.get(truck.id) ?? NONE;
    const ofCompany = this.#byCompany.get(truck.companyId) ?? NONE;
    if (ofTruck.length === 0) return active(ofCompany, truck, at);
    if (ofCompany.length === 0) return active(ofTruck, truck, at);
    return [...active(ofTruck, truck, at), ...active(ofCompany, truck, at)];
  }

  /** Those in force of a company, whichever of its trucks they name. */
  ofCompany(companyId: string, at: EpochMs): readonly Permit[] {
    return this.#ofCompany.get(companyId)?.filter((permit) => isValid(permit, at)) ?? NONE;
  }
}

function active(permits: readonly Permit[], truck: { id: string; companyId: string }, at: EpochMs): readonly Permit[] {
  if (permits.length === 0) return NONE;
  return permits.every((permit) => isActive(permit, truck, at)) ? permits : permits.filter((permit) => isActive(permit, truck, at));
}

function add(map: Map<string, Permit[]>, key: string, permit: Permit): void {
  const known = map.get(key);
  if (known) known.push(permit);
  else map.set(key, [permit]);
}
