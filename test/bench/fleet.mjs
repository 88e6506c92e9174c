// A seeded fleet for the benches: trucks that drive about a city, one report after the other. No dice but the seeded ones.
export function random(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const CENTRE = [113.38, 31.69];

/** `count` places of 60 vertices, 60–300 m across, spread over 24 × 18 km, of every kind. */
export function places(count, seed = 1) {
  const roll = random(seed);
  const kinds = ['site', 'yard', 'parking-lot', 'wash-bay', 'no-go', 'speed-zone'];
  return Array.from({ length: count }, (_, i) => {
    const [lon, lat] = [CENTRE[0] + (roll() - 0.5) * 0.25, CENTRE[1] + (roll() - 0.5) * 0.16];
    const radius = 0.0003 + roll() * 0.0012;
    const ring = Array.from({ length: 60 }, (_, v) => {
      const angle = (v / 60) * 2 * Math.PI;
      const r = radius * (0.85 + 0.3 * roll());
      return [lon + (r * Math.cos(angle)) / 0.85, lat + r * Math.sin(angle)];
    });
    const kind = kinds[i % kinds.length];
    return { id: `place-${i}`, kind, name: `地点 ${i}`, ring: [...ring, ring[0]], limitKmh: kind === 'speed-zone' ? 40 : null };
  });
}

/** `count` approved routes of 200 points, some kilometres long, all about the city. */
export function routes(count, seed = 1) {
  const roll = random(seed);
  return Array.from({ length: count }, (_, i) => {
    let [lon, lat] = [CENTRE[0] + (roll() - 0.5) * 0.25, CENTRE[1] + (roll() - 0.5) * 0.16];
    let heading = roll() * 2 * Math.PI;
    const coordinates = Array.from({ length: 200 }, () => {
      heading += (roll() - 0.5) * 0.4;
      return [(lon += 0.0005 * Math.cos(heading)), (lat += 0.0004 * Math.sin(heading))];
    });
    return { id: `route-${i}`, name: `线路 ${i}`, geometry: { type: 'LineString', coordinates }, widthM: 80, validFrom: null, validTo: null };
  });
}

/** Trucks that go straight on and turn now and then; `next(i, at)` is the wire report of truck i at a time. */
export function fleet(count, seed = 1) {
  const roll = random(seed);
  const trucks = Array.from({ length: count }, () => ({
    lon: CENTRE[0] + (roll() - 0.5) * 0.2,
    lat: CENTRE[1] + (roll() - 0.5) * 0.12,
    heading: roll() * 360,
    speed: 20 + roll() * 25,
    load: roll() < 0.5 ? 17000 + roll() * 2000 : 300,
    km: roll() * 90000,
    at: 0,
    seq: 0,
  }));
  return {
    next(i, at) {
      const truck = trucks[i];
      const seconds = truck.at === 0 ? 0 : (at - truck.at) / 1000;
      truck.at = at;
      truck.heading = (truck.heading + (roll() - 0.5) * 10 + 360) % 360;
      const metres = (truck.speed / 3.6) * seconds;
      truck.lat += (metres * Math.cos((truck.heading * Math.PI) / 180)) / 111195;
      truck.lon += (metres * Math.sin((truck.heading * Math.PI) / 180)) / 94600;
      if (Math.abs(truck.lon - CENTRE[0]) > 0.12 || Math.abs(truck.lat - CENTRE[1]) > 0.08) truck.heading = (truck.heading + 180) % 360;
      truck.km += metres / 1000;
      return {
        time: at,
        lat: round(truck.lat, 6),
        lon: round(truck.lon, 6),
        speedKmh: round(truck.speed + (roll() - 0.5) * 4, 1),
        headingDeg: round(truck.heading, 0),
        accuracyM: 5,
        satellites: 14,
        ignition: true,
        odometerKm: round(truck.km, 2),
        bed: 'down',
        bedAngleDeg: round(roll() * 1.5, 1),
        cover: 'closed',
        loadKg: Math.round(truck.load + (roll() - 0.5) * 300),
        seq: ++truck.seq,
      };
    },
  };
}

function round(value, digits) {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
