import { makeField } from './field.js';
import { addWashBays, makeGates } from './gates.js';
import type { Gate } from './gates.js';
import { HALF_HEIGHT_M, HALF_WIDTH_M, Raster } from './grid.js';
import { RING_NAME, ROAD_STEMS, TRUNK_NAMES } from './names.js';
import { layNoGos } from './no-go.js';
import type { NoGo } from './no-go.js';
import { distance, distanceToArea } from './plane.js';
import type { Area, Point } from './plane.js';
import { blockPlots, layWorkPlaces, namePlaces, two } from './places.js';
import type { Place } from './places.js';
import { Random } from './random.js';
import { RoadNetwork } from './roads.js';
import { laySpeedZones, limitRaster } from './speed-zones.js';
import { StreetLines } from './street-lines.js';
import type { Line } from './street-lines.js';
import { makeTerrain, stampArea } from './terrain.js';
import type { Terrain } from './terrain.js';

/** A made city: nothing in it is real but where it lies. The same seed is the same city. */
export interface City {
  seed: number;
  terrain: Terrain;
  roads: RoadNetwork;
  places: Place[];
  sites: Gate[];
  yards: Gate[];
  lots: Gate[];
  noGos: NoGo[];
  speedZones: Place[];
  /** What honest drivers keep to, km/h; 0 where there is no zone. */
  limits: Raster;
  wastelands: Wasteland[];
  /** Crossings all over the city, for those who go round another way. */
  bypasses: number[];
  /** Where terminals have no radio. */
  blindSpots: BlindSpot[];
}

/** A spot off a road in the country where nobody looks: no place within 250 m. */
export interface Wasteland {
  node: number;
  point: Point;
  /** The camera that was hung there because so much was dumped; most have none. */
  camera: string | null;
}

export interface BlindSpot {
  middle: Point;
  radiusM: number;
}

export function makeCity(seed: number): City {
  const random = new Random(`city ${seed}`);
  const terrain = makeTerrain(random.fork('terrain'));
  const streets = new StreetLines(terrain, makeField(terrain, random.fork('field')), random.fork('streets'));
  streets.layTrunks();
  streets.lay('primary', new Raster(500));
  streets.lay('secondary', terrain.green);
  const plots = layWorkPlaces(streets, terrain, random.fork('places'));
  const blocked = new Raster(40);
  blockPlots(blocked, plots, terrain.green, stampArea);
  streets.lay('street', blocked);

  const roads = RoadNetwork.from(streets.lines);
  nameRoads(roads, streets.lines, random.fork('road names'));
  const gates = makeGates(plots, roads, terrain.wet, random.fork('gates'));
  const work = gates.map((gate) => gate.place);
  namePlaces(work, random.fork('names'));
  const noGos = layNoGos(
    roads,
    work,
    gates.map((gate) => gate.node),
    terrain,
    random.fork('no-go'),
  );
  const keptClear = [...work, ...noGos.map((noGo) => noGo.place)];
  const speedZones = laySpeedZones(streets.lines, roads, keptClear, terrain, random.fork('speed zones'));
  const washBays = addWashBays(gates);
  const places = [...keptClear, ...speedZones, ...washBays];
  const wastelands = layWastelands(roads, places, terrain, random.fork('wasteland'));
  return {
    seed,
    terrain,
    roads,
    places,
    sites: gates.filter((gate) => gate.place.kind === 'site'),
    yards: gates.filter((gate) => gate.place.kind === 'yard'),
    lots: gates.filter((gate) => gate.place.kind === 'parking-lot'),
    noGos,
    speedZones,
    limits: limitRaster(speedZones),
    wastelands,
    bypasses: layBypasses(roads, random.fork('bypasses')),
    blindSpots: layBlindSpots(
      roads,
      [...work.map(({ area }) => area), ...wastelands.map(({ point }): Area => [[[point]]])],
      terrain,
      random.fork('blind spots'),
    ),
  };
}

function nameRoads(roads: RoadNetwork, lines: readonly Line[], random: Random): void {
  const stems = random.shuffled(ROAD_STEMS);
  const trunks = [RING_NAME, ...TRUNK_NAMES];
  const endings = { trunk: ['大道'], primary: ['大道'], secondary: ['路'], street: ['街', '街', '巷'] };
  roads.roads.forEach((road, i) => {
    const kind = lines[i]!.class;
    road.name = (kind === 'trunk' ? trunks.shift() : undefined) ?? `${stems.pop() ?? `第${i}`}${random.pick(endings[kind])}`;
  });
}

const WATCHED = 3;

function layWastelands(roads: RoadNetwork, places: readonly Place[], terrain: Terrain, random: Random): Wasteland[] {
  const out: Wasteland[] = [];
  for (let tries = 0; out.length < 14 && tries < 20_000; tries++) {
    const point = { x: random.between(-HALF_WIDTH_M + 900, HALF_WIDTH_M - 900), y: random.between(-HALF_HEIGHT_M + 900, HALF_HEIGHT_M - 900) };
    if (terrain.urbanity(point) > 0.14 || terrain.wet.at(point) > 0 || out.some((other) => distance(other.point, point) < 900)) continue;
    if (places.some((other) => distanceToArea(point, other.area) < 250)) continue;
    const near = roads.nearest(point, 160, (edge) => edge.class !== 'driveway');
    if (!near || near.distanceM < 45 || near.edge.noGo !== null) continue;
    const node = roads.addDriveway(roads.split(near.edge, near.piece, near.point), point);
    out.push({ node: node.id, point, camera: out.length < WATCHED ? `cam-wild-${two(out.length)}` : null });
  }
  return out;
}

/** Well away from where trucks stand and wait: a terminal that says nothing for ten minutes there would be taken for one that is off. */
function layBlindSpots(roads: RoadNetwork, stands: readonly Area[], terrain: Terrain, random: Random): BlindSpot[] {
  const quiet = roads.nodes.filter(
    ({ edges, point }) => edges.length > 0 && terrain.urbanity(point) < 0.2 && stands.every((area) => distanceToArea(point, area) > 950),
  );
  const out: BlindSpot[] = [];
  for (let i = 0; i < 5 && quiet.length > 0; i++) out.push({ middle: random.pick(quiet).point, radiusM: random.between(350, 800) });
  return out;
}

function layBypasses(roads: RoadNetwork, random: Random): number[] {
  const great = roads.nodes.filter(({ edges }) => {
    const all = edges.map((id) => roads.edge(id));
    return all.length >= 3 && all.every((edge) => edge.noGo === null) && all.some((edge) => edge.class !== 'street' && edge.class !== 'driveway');
  });
  const out: typeof great = [];
  for (const node of random.shuffled(great)) if (out.length < 48 && out.every((other) => distance(other.point, node.point) > 1500)) out.push(node);
  return out.map(({ id }) => id);
}
