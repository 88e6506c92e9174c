import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type EpochMs,
  type LimitsVersion,
  type Place,
  type PlaceVersion,
  plateKey,
  type Camera,
  type RuleCode,
  type Sighted,
  type SightingOf,
  subjectOf,
  type Terminal,
  type Truck,
  type UtcOffset,
  WorldHistory,
} from '@muckwatch/domain';
import type { CameraResource, Company } from '@muckwatch/contract';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Config } from '../config.js';
import { utcOffsetOf } from './city-time.js';
import { placeOf } from './place-feature.js';
import type { Known } from './plan.js';
import { RegistryStore, type VersionRow } from './registry.store.js';
import type { Entity } from './entity.js';
import { type ResourceName, RESOURCES } from './resources.js';
import { Versions } from './versions.js';

export type FleetChange = 'places' | 'base-map' | 'registry' | 'rules';
/** Who signed in over MQTT. */
export interface DeviceAccount {
  kind: 'terminal' | 'camera' | 'frigate';
  id: string;
}

/**
 * The registry in memory: what intake asks for each report, answered without waiting. Read at start, and changed after each committed write.
 * Intake asks about a time (`truckOf(terminal, at)`): what was in force then answers.
 */
@Injectable()
export class FleetService implements OnModuleInit, Known {
  readonly utcOffset: UtcOffset;
  readonly #listeners: ((what: FleetChange) => void)[] = [];
  #memory = emptyMemory();
  #worlds: WorldHistory;

  constructor(
    private readonly store: RegistryStore,
    config: Config,
  ) {
    this.utcOffset = utcOffsetOf(config.cityTimeZone);
    this.#worlds = this.#makeWorlds();
  }

  onModuleInit(): Promise<void> {
    return this.load();
  }

  /** Everything anew from the database, swapped in at once. */
  async load(): Promise<void> {
    const memory = emptyMemory();
    for (const resource of Object.values(RESOURCES)) {
      for (const entity of await this.store.all(resource)) memory.entities[resource.name].set(entity.id, entity);
    }
    for (const version of await this.store.versions()) remember(memory, version);
    this.#memory = memory;
    this.#worlds = this.#makeWorlds();
  }

  /** Places and limits as they stood at any time. A new object after each change of either. */
  get worlds(): WorldHistory {
    return this.#worlds;
  }

  /** The truck that a terminal was on at an event time; null for an unknown terminal, and for one retired by then. */
  truckOf(terminalId: string, at: EpochMs): Truck | null {
    const binding = this.#memory.bindings.at(terminalId, at);
    return binding && this.#memory.trucks.at(binding.truckId, at);
  }

  truck(id: string, at: EpochMs): Truck | null {
    return this.#memory.trucks.at(id, at);
  }

  /** By its number plate, however it is spaced and dotted. */
  truckByPlate(plate: string, at: EpochMs): Truck | null {
    const key = plateKey(plate);
    for (const id of this.#memory.plates.get(key) ?? []) {
      const truck = this.#memory.trucks.at(id, at);
      if (truck && plateKey(truck.plate) === key) return truck;
    }
    return null;
  }

  /** Every truck in use. */
  *trucks(): Generator<Truck> {
    for (const entity of this.#memory.entities.truck.values()) if (!entity.retired) yield entity as unknown as Truck;
  }

  company(id: string): Company | null {
    return (this.#memory.entities.company.get(id) as Company | undefined) ?? null;
  }

  terminal(id: string): Terminal | null {
    return this.#inUse<Terminal>('terminal', id);
  }

  camera(id: string): CameraResource | null {
    return this.#inUse<CameraResource>('camera', id);
  }

  cameraAt(id: string, _at: EpochMs): Camera | null {
    const known = this.camera(id);
    return known && { id, placeId: known.placeId, point: [known.lon ?? 0, known.lat ?? 0] };
  }

  /** The gate that a Frigate server calls by this name. */
  cameraByFrigateName(name: string): CameraResource | null {
    for (const camera of this.#memory.entities.camera.values()) if (!camera.retired && camera.frigateName === name) return camera as unknown as CameraResource;
    return null;
  }

  /** As it is called today, retired or not. */
  placeName(id: string): string | null {
    return (this.#memory.entities.place.get(id)?.name as string | undefined) ?? null;
  }

  /** Whom a sighting is about, where its camera hung and the world at that time; null where no such camera was registered then. */
  sightingOf(sighting: Sighted): SightingOf | null {
    const camera = this.cameraAt(sighting.camera, sighting.at);
    if (!camera) return null;
    const truck = sighting.plate === null ? null : this.truckByPlate(sighting.plate, sighting.at);
    return { sighting, camera, subject: subjectOf(sighting, truck), world: this.#worlds.at(sighting.at) };
  }

  counts(): { trucks: number; terminals: number; cameras: number; places: number } {
    const inUse = (name: ResourceName) => [...this.#memory.entities[name].values()].filter(({ retired }) => !retired).length;
    return { trucks: inUse('truck'), terminals: inUse('terminal'), cameras: inUse('camera'), places: inUse('place') };
  }

  /** Who a device is, by its id and secret; as slow for a wrong id as for a wrong secret. */
  signIn(username: string, secret: Buffer): DeviceAccount | null {
    const terminal = this.#memory.entities.terminal.get(username);
    const device = terminal ?? this.#memory.entities.camera.get(username);
    const right = timingSafeEqual(createHash('sha256').update(secret).digest(), Buffer.from((device?.secretSha256 as string | undefined) ?? NOBODY, 'hex'));
    if (!device || !right || device.retired) return null;
    return { kind: terminal ? 'terminal' : device.kind === 'frigate' ? 'frigate' : 'camera', id: username };
  }

  limits(rule: RuleCode): Record<string, number> | null {
    return this.#memory.limits.latest(rule);
  }

  onChanged(listener: (what: FleetChange) => void): void {
    this.#listeners.push(listener);
  }

  // For the registry, which writes ---------------------------------------------------------------------------------------

  get(name: ResourceName, id: string): Entity | undefined {
    return this.#memory.entities[name].get(id);
  }

  all(name: ResourceName): Iterable<Entity> {
    return this.#memory.entities[name].values();
  }

  /** The version that this change makes. A first one of a place reaches back to its validFrom, one of a truck or terminal without end. */
  nextVersion(kind: VersionRow['kind'], id: string, data: unknown, enteredAt: EpochMs): VersionRow {
    const next = { kind, id };
    if (kind === 'truck') return { ...next, ...this.#memory.trucks.next(id, data as Truck, enteredAt, -Infinity) };
    if (kind === 'terminal') return { ...next, ...this.#memory.bindings.next(id, data as { truckId: string }, enteredAt, -Infinity) };
    if (kind === 'limits') return { ...next, ...this.#memory.limits.next(id, data as Record<string, number>, enteredAt, enteredAt) };
    const validFrom = data === null ? null : placeOf(id, data).validFrom;
    const { fromAt, version } = this.#memory.places.next(id, null, enteredAt, Math.min(validFrom ?? enteredAt, enteredAt));
    return { ...next, fromAt, version, data };
  }

  /** What has been committed, in one synchronous step. */
  apply(what: FleetChange, written: { name: ResourceName; entities: Entity[] } | null, versions: VersionRow[]): void {
    for (const entity of written?.entities ?? []) this.#memory.entities[written!.name].set(entity.id, entity);
    for (const version of versions) remember(this.#memory, version);
    if (what === 'places' || what === 'rules') this.#worlds = this.#makeWorlds();
    for (const listener of this.#listeners) listener(what);
  }

  #makeWorlds(): WorldHistory {
    const places: PlaceVersion[] = [...this.#memory.places].map(({ id, fromAt, data }) => ({ id, fromAt, place: data }));
    const limits: LimitsVersion[] = [...this.#memory.limits].map(({ id, fromAt, data }) => ({ rule: id as RuleCode, fromAt, limits: data }));
    return new WorldHistory({ places, limits, utcOffset: this.utcOffset });
  }

  #inUse<T>(name: ResourceName, id: string): T | null {
    const entity = this.#memory.entities[name].get(id);
    return entity && !entity.retired ? (entity as unknown as T) : null;
  }
}

interface Memory {
  entities: Record<ResourceName, Map<string, Entity>>;
  trucks: Versions<Truck>;
  bindings: Versions<{ truckId: string }>;
  places: Versions<Place>;
  limits: Versions<Record<string, number>>;
  /** Trucks that ever bore a plate. */
  plates: Map<string, Set<string>>;
}

function emptyMemory(): Memory {
  return {
    entities: { company: new Map(), truck: new Map(), terminal: new Map(), camera: new Map(), place: new Map() },
    trucks: new Versions(),
    bindings: new Versions(),
    places: new Versions(),
    limits: new Versions(),
    plates: new Map(),
  };
}

function remember(memory: Memory, { kind, id, fromAt, version, data }: VersionRow): void {
  if (kind === 'terminal') memory.bindings.add(id, { fromAt, version, data: data as { truckId: string } | null });
  if (kind === 'limits') memory.limits.add(id, { fromAt, version, data: data as Record<string, number> | null });
  if (kind === 'place') memory.places.add(id, { fromAt, version, data: data === null ? null : placeOf(id, data) });
  if (kind !== 'truck') return;
  const truck = data === null ? null : { id, ...(data as Omit<Truck, 'id'>) };
  memory.trucks.add(id, { fromAt, version, data: truck });
  if (!truck) return;
  const key = plateKey(truck.plate);
  memory.plates.set(key, (memory.plates.get(key) ?? new Set<string>()).add(id));
}

/** No secret hashes to this, and comparing with it takes as long. */
const NOBODY = '0'.repeat(64);
