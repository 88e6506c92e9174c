import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Camera,
  DistrictIndex,
  type EpochMs,
  type Permit,
  type Place,
  PlateBook,
  plateKey,
  type Point,
  type Route,
  type RuleCode,
  type Sighted,
  type SightingOf,
  subjectOf,
  type Terminal,
  type Truck,
  type UtcOffset,
  WorldHistory,
} from '@muckwatch/domain';
import type { CameraResource, Changed, Company } from '@muckwatch/contract';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Config } from '../config.js';
import { utcOffsetOf } from './city-time.js';
import { districtOf } from './district-feature.js';
import type { Entity, Known, ResourceName } from './entity.js';
import { permitOf } from './permit.js';
import { inItsDistrict, middleOf, placeOf } from './place-feature.js';
import { RegistryStore, type VersionKind, type VersionRow } from './registry.store.js';
import { RESOURCES } from './resources.js';
import { routeOf } from './route-feature.js';
import { Versions } from './versions.js';

export type FleetChange = Changed['what'];
/** What makes other worlds; of the rest only names and devices change. */
const OF_WORLDS: FleetChange[] = ['places', 'routes', 'permits', 'rules'];
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
  readonly #endListeners: ((deviceId: string) => void)[] = [];
  #memory = emptyMemory();
  #worlds: WorldHistory;
  #plateBook: PlateBook | null = null;
  #districts = new DistrictIndex([]);

  constructor(
    private readonly store: RegistryStore,
    config: Config,
  ) {
    this.utcOffset = utcOffsetOf(config.cityTimeZone);
    this.#worlds = this.#makeWorlds(null);
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
    this.#worlds = this.#makeWorlds(null);
    this.#districts = this.#makeDistricts();
  }

  /** Places, routes, permits and limits as they stood at any time. A new object after each change of any. */
  get worlds(): WorldHistory {
    return this.#worlds;
  }

  /** The truck that a terminal was on at an event time; null for an unknown terminal, and for one retired by then. */
  truckOf(terminalId: string, at: EpochMs): Truck | null {
    const binding = this.#memory.versions.terminal.at(terminalId, at);
    return binding && this.#memory.versions.truck.at(binding.truckId, at);
  }

  truck(id: string, at: EpochMs): Truck | null {
    return this.#memory.versions.truck.at(id, at);
  }

  /** By its number plate, however it is spaced and dotted. */
  truckByPlate(plate: string, at: EpochMs): Truck | null {
    const key = plateKey(plate);
    for (const id of this.#memory.plates.get(key) ?? []) {
      const truck = this.#memory.versions.truck.at(id, at);
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

  /** A camera as it stood at an event time, with where it hangs; null for an unknown one, and for one retired by then. */
  cameraAt(id: string, at: EpochMs): Camera | null {
    const camera = this.#memory.versions.camera.at(id, at);
    if (!camera) return null;
    const { placeId, lon, lat } = camera;
    if (lon !== null && lat !== null) return { id, placeId, point: [lon, lat] };
    // A camera reaches back without end, its place may have been entered later.
    const place = this.#memory.versions.place.near(placeId, at);
    return place && { id, placeId, point: middleOf(place.geometry) };
  }

  /** The gate that a Frigate server calls by this name. */
  cameraByFrigateName(name: string): CameraResource | null {
    for (const camera of this.#memory.entities.camera.values()) if (!camera.retired && camera.frigateName === name) return camera as unknown as CameraResource;
    return null;
  }

  /** The district that holds a point, as districts are drawn today. */
  districtAt(point: Point): string | null {
    return this.#districts.at(point);
  }

  /** Whose people look after a truck that is somewhere: its company's district, and the one it is in. */
  districtsOf(companyId: string, point: Point): (string | null)[] {
    return [this.company(companyId)?.districtId ?? null, this.districtAt(point)];
  }

  /** The places that would be in another district if these districts stood so. */
  movedBy(districts: Entity[]): Entity[] {
    const index = this.#makeDistricts(districts);
    const known = { districtAt: (point: Point) => index.at(point) };
    return [...this.#memory.entities.place.values()]
      .map((place) => ({ place, moved: inItsDistrict(place, known) }))
      .filter(({ place, moved }) => place.districtId !== moved.districtId)
      .map(({ moved }) => moved);
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
    const isNearRegistered = (plate: string) => this.#book().isNearRegistered(plateKey(plate));
    return { sighting, camera, subject: subjectOf(sighting, truck), world: this.#worlds.at(sighting.at), isNearRegistered };
  }

  /** Made when it is first asked for after a change of the registry. */
  #book(): PlateBook {
    return (this.#plateBook ??= new PlateBook([...this.trucks()].map(({ plate }) => plateKey(plate))));
  }

  counts(): { trucks: number; terminals: number; cameras: number; places: number } {
    const inUse = (name: ResourceName) => [...this.#memory.entities[name].values()].filter(({ retired }) => !retired).length;
    return { trucks: inUse('truck'), terminals: inUse('terminal'), cameras: inUse('camera'), places: inUse('place') };
  }

  /** Who a device is, by its id and secret; as slow for a wrong id as for a wrong secret. */
  signIn(username: string, secret: Buffer): DeviceAccount | null {
    const device = this.#memory.entities.terminal.get(username) ?? this.#memory.entities.camera.get(username);
    const right = timingSafeEqual(createHash('sha256').update(secret).digest(), Buffer.from((device?.secretSha256 as string | undefined) ?? NOBODY, 'hex'));
    return device && right ? this.device(username) : null;
  }

  /** A terminal or camera in use, by the id under which it signs in. */
  device(id: string): DeviceAccount | null {
    const terminal = this.#memory.entities.terminal.get(id);
    const device = terminal ?? this.#memory.entities.camera.get(id);
    if (!device || device.retired) return null;
    return { kind: terminal ? 'terminal' : device.kind === 'frigate' ? 'frigate' : 'camera', id };
  }

  /** All of them, with what a joined Mosquitto checks their secrets by. */
  *devices(): Generator<DeviceAccount & { hash: string | null }> {
    for (const name of ['terminal', 'camera'] as const) {
      for (const { id, mosquittoHash } of this.#memory.entities[name].values()) {
        const account = this.device(id);
        if (account) yield { ...account, hash: (mosquittoHash as string | null | undefined) ?? null };
      }
    }
  }

  limits(rule: RuleCode): Record<string, number> | null {
    return this.#memory.versions.limits.latest(rule);
  }

  onChanged(listener: (what: FleetChange) => void): void {
    this.#listeners.push(listener);
  }

  /** Calls back when a device's sign-in holds no longer: it is retired, or has another secret or kind. */
  onDeviceEnded(listener: (deviceId: string) => void): void {
    this.#endListeners.push(listener);
  }

  // For the registry, which writes ---------------------------------------------------------------------------------------

  get(name: ResourceName, id: string): Entity | undefined {
    return this.#memory.entities[name].get(id);
  }

  all(name: ResourceName): Iterable<Entity> {
    return this.#memory.entities[name].values();
  }

  /** The version that this change makes. */
  nextVersion(kind: VersionKind, id: string, data: unknown, enteredAt: EpochMs): VersionRow {
    const { fromAt, version } = this.#memory.versions[kind].next(id, null, enteredAt, firstFrom(kind, id, data, enteredAt));
    return { kind, id, fromAt, version, data };
  }

  /** What has been committed, in one synchronous step. */
  apply(what: FleetChange, written: { name: ResourceName; entities: Entity[]; moved?: Entity[] } | null, versions: VersionRow[]): void {
    const ended: string[] = [];
    for (const entity of written?.entities ?? []) {
      const before = this.#memory.entities[written!.name].get(entity.id);
      if (before && before.secretSha256 !== undefined && !isSameSignIn(before, entity)) ended.push(entity.id);
      this.#memory.entities[written!.name].set(entity.id, entity);
    }
    for (const place of written?.moved ?? []) this.#memory.entities.place.set(place.id, place);
    if (what === 'districts') this.#districts = this.#makeDistricts();
    for (const version of versions) remember(this.#memory, version);
    if (OF_WORLDS.includes(what)) this.#worlds = this.#makeWorlds(this.#worlds);
    if (what === 'registry') this.#plateBook = null;
    for (const listener of this.#listeners) listener(what);
    for (const id of ended) for (const listener of this.#endListeners) listener(id);
  }

  #makeDistricts(changed: Entity[] = []): DistrictIndex {
    const byId = new Map([...this.#memory.entities.district, ...changed.map((district): [string, Entity] => [district.id, district])]);
    return new DistrictIndex([...byId.values()].filter(({ retired }) => !retired).map(districtOf));
  }

  #makeWorlds(before: WorldHistory | null): WorldHistory {
    const { place, route, permit, limits } = this.#memory.versions;
    const versions = {
      places: [...place].map(({ id, fromAt, data }) => ({ id, fromAt, place: data })),
      routes: [...route].map(({ id, fromAt, data }) => ({ id, fromAt, route: data })),
      permits: [...permit].map(({ id, fromAt, data }) => ({ id, fromAt, permit: data })),
      limits: [...limits].map(({ id, fromAt, data }) => ({ rule: id as RuleCode, fromAt, limits: data })),
      utcOffset: this.utcOffset,
    };
    return new WorldHistory(versions, before);
  }

  #inUse<T>(name: ResourceName, id: string): T | null {
    const entity = this.#memory.entities[name].get(id);
    return entity && !entity.retired ? (entity as unknown as T) : null;
  }
}

/** What each kind of version keeps, as it is asked for. */
interface Kept {
  truck: Truck;
  terminal: { truckId: string };
  camera: { placeId: string; lon: number | null; lat: number | null };
  place: Place;
  route: Route;
  permit: Permit;
  limits: Record<string, number>;
}

/** A version's data as it is asked for, by kind. */
const READ: { [K in VersionKind]: (id: string, data: unknown) => Kept[K] } = {
  truck: (id, data) => ({ id, ...(data as Omit<Truck, 'id'>) }),
  terminal: (_, data) => data as Kept['terminal'],
  camera: (_, data) => data as Kept['camera'],
  place: placeOf,
  route: routeOf,
  permit: permitOf,
  limits: (_, data) => data as Kept['limits'],
};

interface Memory {
  entities: Record<ResourceName, Map<string, Entity>>;
  versions: { [K in VersionKind]: Versions<Kept[K]> };
  /** Trucks that ever bore a plate. */
  plates: Map<string, Set<string>>;
}

function emptyMemory(): Memory {
  const names = Object.keys(RESOURCES) as ResourceName[];
  return {
    entities: Object.fromEntries(names.map((name) => [name, new Map<string, Entity>()])) as Memory['entities'],
    versions: {
      truck: new Versions(),
      terminal: new Versions(),
      camera: new Versions(),
      place: new Versions(),
      route: new Versions(),
      permit: new Versions(),
      limits: new Versions(),
    },
    plates: new Map(),
  };
}

function remember<K extends VersionKind>(memory: Memory, { kind, id, fromAt, version, data }: VersionRow & { kind: K }): void {
  const read = data === null ? null : READ[kind](id, data);
  memory.versions[kind].add(id, { fromAt, version, data: read });
  if (kind !== 'truck' || read === null) return;
  const key = plateKey((read as Truck).plate);
  memory.plates.set(key, (memory.plates.get(key) ?? new Set<string>()).add(id));
}

/** When a first version comes into force: that of a truck, terminal or camera reaches back without end, one that has a validFrom to it, limits hold from now on. */
function firstFrom(kind: VersionKind, id: string, data: unknown, enteredAt: EpochMs): EpochMs {
  if (kind === 'truck' || kind === 'terminal' || kind === 'camera') return -Infinity;
  if (kind === 'limits' || data === null) return enteredAt;
  return Math.min(READ[kind](id, data).validFrom ?? enteredAt, enteredAt);
}

function isSameSignIn(before: Entity, after: Entity): boolean {
  return !after.retired && before.secretSha256 === after.secretSha256 && before.kind === after.kind;
}

/** No secret hashes to this, and comparing with it takes as long. */
const NOBODY = '0'.repeat(64);
