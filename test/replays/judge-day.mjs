// Judges a day as it is once everything has come: per truck in event order, by the rules as built, with no server. The same log gives the same alerts.
import { compareLogged, DAY_MS, NEW_TRUCK, PlateBook, plateKey, Rejudging, RULES, see, subjectOf, WorldHistory } from '../../dist/libs/domain/src/index.js';
import { decode } from '../../dist/libs/protocols/src/index.js';

const BEIJING = () => 480;
const time = (at) => (at === null || at === undefined ? null : Date.parse(at));

/** Places, routes, permits and limits as the API takes them. */
export function worldsOf({ places, routes, permits }, limits = {}) {
  const always = -Infinity;
  return new WorldHistory({
    places: places.features.map(({ geometry, properties: p }) => ({
      id: p.id,
      fromAt: always,
      place: {
        id: p.id,
        kind: p.kind,
        name: p.name,
        geometry,
        hours: p.hours ?? null,
        validFrom: time(p.validFrom),
        validTo: time(p.validTo),
        limitKmh: p.limitKmh ?? null,
        curfew: p.curfew ?? null,
        capacityM3: p.capacityM3 ?? null,
        managerIds: [],
      },
    })),
    routes: routes.features.map(({ geometry, properties: p }) => ({
      id: p.id,
      fromAt: always,
      route: { id: p.id, name: p.name, geometry, widthM: p.widthM ?? null, validFrom: time(p.validFrom), validTo: time(p.validTo) },
    })),
    permits: permits.map((p) => ({
      id: p.id,
      fromAt: always,
      permit: {
        ...p,
        truckIds: p.truckIds ?? [],
        routeIds: p.routeIds ?? [],
        hours: p.hours ?? null,
        validFrom: time(p.validFrom),
        validTo: time(p.validTo),
        volumeM3: p.volumeM3 ?? null,
      },
    })),
    limits: Object.entries(limits).map(([rule, own]) => ({ rule, fromAt: always, limits: own })),
    utcOffset: BEIJING,
  });
}

/**
 * @param registry as the API takes it: companies, trucks, terminals, cameras, places, routes, permits
 * @param packets `{ terminalId, payload }` in any order, and `sightings` `{ cameraId, payload }`
 * @returns alerts `{ rule, truckId, plate, scope, began, ended, severity, evidence, foundAt }`
 */
export function judgeDay(registry, packets, sightings, { rules = RULES, limits = {} } = {}) {
  const worlds = worldsOf(registry, limits);
  const trucks = new Map(registry.trucks.map((truck) => [truck.id, truck]));
  const truckOf = new Map(registry.terminals.map(({ id, truckId }) => [id, trucks.get(truckId)]));
  const byPlate = new Map(registry.trucks.map((truck) => [plateKey(truck.plate), truck]));
  const cameras = new Map(registry.cameras.map(({ id, placeId, lon, lat }) => [id, { id, placeId, point: [lon, lat] }]));
  const logs = new Map();
  const log = (subject) => logs.get(subject) ?? logs.set(subject, []).get(subject);

  let end = 0;
  for (const { terminalId, payload } of packets) {
    for (const decoded of decode(`muck/v1/terminals/${terminalId}/reports`, Buffer.from(JSON.stringify(payload)))) {
      if (decoded.kind !== 'report') throw new Error(decoded.detail);
      log(truckOf.get(terminalId).id).push({ kind: 'report', report: decoded.report, doubt: null });
      end = Math.max(end, decoded.report.at);
    }
  }
  const book = new PlateBook(registry.trucks.map(({ plate }) => plateKey(plate)));
  const isNearRegistered = (plate) => book.isNearRegistered(plateKey(plate));
  const nobody = [];
  for (const { cameraId, payload } of sightings) {
    for (const decoded of decode(`muck/v1/cameras/${cameraId}/sightings`, Buffer.from(JSON.stringify(payload)))) {
      if (decoded.kind !== 'sighting') throw new Error(decoded.detail);
      const { picture: _, snapshotUrl: __, extra: ___, ...sighting } = decoded.sighting;
      const truck = sighting.plate === null ? null : (byPlate.get(plateKey(sighting.plate)) ?? null);
      const subject = subjectOf(sighting, truck);
      const of = { kind: 'sighting', sighting, camera: cameras.get(cameraId), subject, world: worlds.at(sighting.at), isNearRegistered };
      if (subject.truck) log(subject.truck.id).push(of);
      else if (subject.plate !== null) log(`plate:${plateKey(subject.plate)}`).push(of);
      else nobody.push(of);
    }
  }

  const alerts = [];
  for (const [subject, logged] of logs) {
    const truck = trucks.get(subject) ?? null;
    const judging = new Rejudging(NEW_TRUCK, { truckAt: () => truck, worlds, rules });
    for (const one of logged.sort(compareLogged)) judging.offer(one);
    judging.tick(end + DAY_MS);
    if (judging.faults.length > 0) throw judging.faults[0].error;
    const plate = truck?.plate ?? logged.find(({ kind }) => kind === 'sighting').subject.plate;
    for (const alert of judging.alerts.values()) alerts.push(shown(alert, truck, plate));
  }
  for (const of of nobody) for (const alert of see(NEW_TRUCK, of, rules).findings) alerts.push(shown({ ...alert, foundAt: alert.at }, null, null));
  return alerts.sort((a, b) => a.began - b.began || (a.rule < b.rule ? -1 : 1));
}

function shown({ rule, scope, began, ended, severity, evidence, foundAt }, truck, plate) {
  return { rule, truckId: truck?.id ?? null, plate, scope, began, ended, lastAt: began + 1_000 * (evidence.durationS ?? 0), severity, evidence, foundAt };
}
