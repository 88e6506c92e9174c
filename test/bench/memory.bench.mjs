// Heap bytes of one idle truck: its whole state as the server keeps it in memory after hours of reports on the road, in and out of places, with a permit and a route.
import { NEW_TRUCK, RULES, take, WorldHistory } from '../../dist/libs/domain/src/index.js';
import { decode } from '../../dist/libs/protocols/src/index.js';
import { fleet, places } from './fleet.mjs';

const TRUCKS = Number(process.env.BENCH_TRUCKS ?? 20_000);
/** More than half an hour at 10 s: everything that is remembered for a time is full by then. */
const REPORTS = 200;
/** At a time, so that the messages that made the states need no room of their own. */
const A_GROUP = 500;

const worlds = new WorldHistory({
  places: places(2_000).map(({ id, kind, name, ring, limitKmh }) => {
    const place = { id, kind, name, geometry: { type: 'Polygon', coordinates: [ring] }, hours: null, validFrom: null, validTo: null, limitKmh };
    return { id, fromAt: -Infinity, place: { ...place, curfew: null, capacityM3: null, managerIds: [] } };
  }),
  limits: [],
  utcOffset: () => 480,
});
const from = Date.now() - REPORTS * 10_000;
const memory = new Map();
// What is made once and kept for all of them is made before the heap is measured.
drive(0, 1);
const before = heapBytes();
for (let first = 0; first < TRUCKS; first += A_GROUP) drive(first, Math.min(A_GROUP, TRUCKS - first));
const bytes = (heapBytes() - before) / TRUCKS;
const json = [...memory.values()].reduce((sum, { state }) => sum + JSON.stringify(state).length, 0) / TRUCKS;
console.log(
  JSON.stringify({
    what: `heap of an idle truck, of ${TRUCKS.toLocaleString('en')} after ${REPORTS} reports each`,
    measured: `${(bytes / 1_024).toFixed(1)} KB`,
    limit: `${(json / 1_024).toFixed(1)} KB (the state as JSON)`,
    ratio: (bytes / json).toFixed(1),
    aim: '≤ 20 KB',
  }),
);

function drive(first, count) {
  const trucks = fleet(count, first + 1);
  for (let i = 0; i < count; i++) {
    const id = `t${first + i}`;
    const truck = { id, plate: `鄂S${first + i}`, companyId: 'c', ratedLoadKg: 18_000, boxM3: 16, colour: null };
    let state = NEW_TRUCK;
    for (let n = 0; n < REPORTS; n++) {
      const at = from + n * 10_000;
      const [{ report }] = decode(`muck/v1/terminals/term${first + i}/reports`, Buffer.from(JSON.stringify(trucks.next(i, at))));
      const taken = take(state, report, { truck, worlds, rules: RULES });
      if (taken.kind === 'believed') state = taken.state;
    }
    memory.set(id, { state, snapshotAt: from, heardAt: from });
  }
}

function heapBytes() {
  // Twice: what is freed only once its finaliser has run is not a truck's.
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
