import type { Company, TruckResource } from '@muckwatch/contract';
import { create } from 'zustand';
import { getAll, itemsOf } from '../app/api.js';

interface Registry {
  state: 'no' | 'reading' | 'read' | 'failed';
  trucks: ReadonlyMap<string, TruckResource>;
  companies: ReadonlyMap<string, Company>;
}

export const useRegistry = create<Registry>(() => ({ state: 'no', trucks: new Map(), companies: new Map() }));

/** Who owns which truck: read when somebody first looks for one, not at every start. */
export async function readRegistry(again = false): Promise<void> {
  const { state } = useRegistry.getState();
  if (state === 'reading' || (state === 'read' && !again)) return;
  useRegistry.setState({ state: 'reading' });
  try {
    const [trucks, companies] = await Promise.all([getAll('/trucks', itemsOf<TruckResource>), getAll('/companies', itemsOf<Company>)]);
    useRegistry.setState({ state: 'read', trucks: new Map(trucks.map((t) => [t.id, t])), companies: new Map(companies.map((c) => [c.id, c])) });
  } catch {
    useRegistry.setState({ state: 'failed' });
  }
}

export function companyOf(registry: Registry, truckId: string): string | null {
  const truck = registry.trucks.get(truckId);
  return truck ? (registry.companies.get(truck.companyId)?.name ?? null) : null;
}
