import type { FleetService } from '../fleet/fleet.service.js';
import type { Presence } from './presence.js';

/** Where a command for a truck goes: to its terminal, of several to one that is there; null: it has none. */
export function terminalOf(fleet: FleetService, presence: Presence, truckId: string): string | null {
  const ids: string[] = [];
  for (const { id, retired, truckId: boundTo } of fleet.all('terminal')) if (!retired && boundTo === truckId) ids.push(id);
  return ids.sort().find((id) => presence.isOnline(id)) ?? ids[0] ?? null;
}
