import type { Point } from '@muckwatch/domain';
import type { Fault } from '../refusal.js';

export type ResourceName = 'company' | 'truck' | 'driver' | 'terminal' | 'camera' | 'place' | 'route' | 'permit' | 'district';

/** A thing of the registry as it is kept: its fields by their JSON names. */
export type Entity = { id: string; retired: boolean } & Record<string, unknown>;

export type Parsed = { id: string | null; fields: Record<string, unknown>; secret: string | null } | { faults: Fault[] };

/** What is registered now. */
export interface Known {
  get(name: ResourceName, id: string): Entity | undefined;
  all(name: ResourceName): Iterable<Entity>;
  /** The district that holds a point. */
  districtAt(point: Point): string | null;
}

/** A permit that has expired holds on to nothing: the trucks, places and routes that it names may be retired. */
export function isOver({ validTo }: Entity, at: number): boolean {
  return typeof validTo === 'string' && Date.parse(validTo) <= at;
}
