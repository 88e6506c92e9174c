import type { Fault } from '../problem.js';

/** A thing of the registry as it is kept: its fields by their JSON names. */
export type Entity = { id: string; retired: boolean } & Record<string, unknown>;

export type Parsed = { id: string | null; fields: Record<string, unknown>; secret: string | null } | { faults: Fault[] };
