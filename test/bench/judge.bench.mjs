// µs a report through decode, places and every rule, with 2,000 places of 60 vertices, 500 routes and a permit for every truck; raw limit: JSON.parse, one box search and the polygons of its hits, nothing else.
import { booleanPointInPolygon } from '@turf/turf';
import Flatbush from 'flatbush';
import { NEW_TRUCK, RULES, take, WorldHistory } from '../../dist/libs/domain/src/index.js';
import { decode } from '../../dist/libs/protocols/src/index.js';
import { fleet, places, routes } from './fleet.mjs';

const PLACES = 2_000;
const TRUCKS = 300;
const OTHER_ROUTES = 200;
const REPORTS = 120_000;
const ROUNDS = 3;

const trucks = fleet(TRUCKS);
const tracks = Array.from({ length: TRUCKS }, () => []);
const start = Date.now() - REPORTS * 35;
const messages = Array.from({ length: REPORTS }, (_, n) => {
  const i = n % TRUCKS;
  const report = trucks.next(i, start + Math.floor(n / TRUCKS) * 10_000);
  tracks[i].push([report.lon, report.lat]);
  return { i, topic: `muck/v1/terminals/t${i}/reports`, payload: Buffer.from(JSON.stringify(report)) };
});

const polygons = places(PLACES);
const own = tracks.map((coordinates, i) => ({
  id: `own-${i}`,
  name: '',
  geometry: { type: 'LineString', coordinates: coordinates.filter((_, n) => n % 2 === 0) },
  widthM: 200,
  validFrom: null,
  validTo: null,
}));
const approved = [...own, ...routes(OTHER_ROUTES)];
const worlds = new WorldHistory({
  places: polygons.map(({ id, kind, name, ring, limitKmh }) => ({
    id,
    fromAt: -Infinity,
    place: {
      id,
      kind,
      name,
      geometry: { type: 'Polygon', coordinates: [ring] },
      hours: null,
      validFrom: null,
      validTo: null,
      limitKmh,
      curfew: null,
      capacityM3: null,
      managerIds: [],
    },
  })),
  // Nearly all trucks keep to their routes nearly always: each has its own, and another that it does not drive.
  routes: approved.map((route) => ({ id: route.id, fromAt: -Infinity, route })),
  permits: Array.from({ length: TRUCKS }, (_, i) => ({
    id: `permit-${i}`,
    fromAt: -Infinity,
    permit: {
      id: `permit-${i}`,
      companyId: 'c',
      siteId: `place-${i * 6}`,
      yardIds: [`place-${i * 6 + 1}`],
      truckIds: [`truck-${i}`],
      routeIds: [`own-${i}`, `route-${i % OTHER_ROUTES}`],
      hours: null,
      validFrom: null,
      validTo: null,
      volumeM3: null,
    },
  })),
  limits: [],
  utcOffset: () => 480,
});
const judging = Array.from({ length: TRUCKS }, (_, i) => ({
  truck: { id: `truck-${i}`, plate: `鄂S${i}`, companyId: 'c', ratedLoadKg: 18_000, boxM3: 16, colour: null },
  worlds,
  rules: RULES,
}));
const index = new Flatbush(PLACES);
for (const { ring } of polygons) {
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  index.add(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats));
}
index.finish();
const geometries = polygons.map(({ ring }) => ({ type: 'Polygon', coordinates: [ring] }));

function whole() {
  const states = judging.map(() => NEW_TRUCK);
  let believed = 0;
  const began = performance.now();
  for (const { i, topic, payload } of messages) {
    for (const decoded of decode(topic, payload)) {
      if (decoded.kind !== 'report') throw new Error(decoded.detail);
      const taken = take(states[i], decoded.report, judging[i]);
      if (taken.kind !== 'believed') continue;
      states[i] = taken.state;
      believed++;
    }
  }
  if (believed < REPORTS * 0.99) throw new Error(`only ${believed} of ${REPORTS} were believed`);
  return ((performance.now() - began) * 1_000) / REPORTS;
}

function raw() {
  let inside = 0;
  const began = performance.now();
  for (const { payload } of messages) {
    const { lon, lat } = JSON.parse(payload);
    for (const hit of index.search(lon, lat, lon, lat)) if (booleanPointInPolygon([lon, lat], geometries[hit])) inside++;
  }
  if (inside === 0) throw new Error('nothing was inside anything');
  return ((performance.now() - began) * 1_000) / REPORTS;
}

const [wholes, raws] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
  wholes.push(whole());
  raws.push(raw());
}
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const [us, limit] = [median(wholes), median(raws)];
console.log(
  JSON.stringify({
    what: `a report through decode, 2,000 places of 60 vertices, 500 routes, ${RULES.length} rules`,
    measured: `${us.toFixed(1)} µs`,
    limit: `${limit.toFixed(1)} µs (JSON.parse + box + polygon)`,
    ratio: (us / limit).toFixed(1),
    aim: '≤ 15 µs',
  }),
);
