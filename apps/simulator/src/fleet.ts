import type { City } from './city.js';
import { COMPANY_NAMES, TRUCK_COLOURS } from './names.js';
import { makePermits } from './permits.js';
import type { ApprovedRoute, Permit } from './permits.js';
import type { Hours } from './places.js';
import { Random } from './random.js';

export interface Company {
  id: string;
  name: string;
  phone: string;
  /** Who hauls from where to where: numbers of the city's sites and yards. */
  contracts: { site: number; yard: number }[];
  crew: Crew;
  /** When its permits allow it to haul; null: always. */
  hours: Hours[] | null;
  /** Do its permits approve routes? Not every city asks for them. */
  routed: boolean;
}

export type Crew = 'night' | 'day' | 'round';

export interface Truck {
  id: string;
  plate: string;
  companyId: string;
  ratedLoadKg: number;
  boxM3: number;
  colour: string;
  terminal: Terminal;
  /** The lot and the bay in it where it sleeps. */
  home: { lot: number; bay: number };
  crew: Crew;
  /** Hours by which its crew starts later than others. */
  lateH: number;
  /** How fast it drives, as a share of what others drive: 0.88–1. */
  pace: number;
  /** How often this driver breaks rules, against the mean of all: some are known for it. */
  recklessness: number;
}

/** What is bolted to a truck and how well it was fitted. Terminals differ: not every one has every sensor. */
export interface Terminal {
  id: string;
  truckId: string;
  bed: 'angle' | 'switch' | 'both';
  load: 'kg' | 'state';
  clock: 'iso' | 'epoch';
  says: { satellites: boolean; accuracy: boolean; odometer: boolean; seq: boolean; altitude: boolean };
  /** What the angle sensor shows on a flat bed. */
  bedOffsetDeg: number;
  /** Milliseconds from fix to sending. */
  latencyMs: number;
  odometerKm: number;
  seq: number;
}

export interface Fleet {
  companies: Company[];
  trucks: Truck[];
  permits: Permit[];
  routes: ApprovedRoute[];
}

/** Muck is hauled at night: most companies may do it only then, some by day, some whenever they like. The first two open the show at any hour (driver.ts). */
const CREWS: Crew[] = ['round', 'round', 'night', 'day', 'night', 'round', 'night', 'day', 'night', 'round', 'night', 'day'];
const HOURS: Record<Crew, Hours[] | null> = {
  night: [{ from: '19:00', to: '06:00' }],
  day: [{ from: '06:00', to: '19:30' }],
  round: null,
};
/** The same hours, said by weekdays. */
const NIGHTS_BY_DAY: Hours[] = [
  { days: [1, 2, 3, 4, 5], from: '19:00', to: '06:00' },
  { days: [6, 7], from: '18:30', to: '06:00' },
];

export function makeFleet(city: City, seed: number, count = 300): Fleet {
  const random = new Random(`fleet ${seed}`);
  const companies = makeCompanies(city, random.fork('companies'));
  const plates = new Set<string>();
  const trucks = Array.from({ length: count }, (_, i) => makeTruck(i, companies, city, plates, random.fork(i)));
  return { companies, trucks, ...makePermits(city, companies, seed) };
}

function makeCompanies(city: City, random: Random): Company[] {
  return COMPANY_NAMES.map((name, i) => {
    // Between them the companies serve every site; each also works at one or two of its neighbours'.
    const sites = new Set(city.sites.map((_, site) => site).filter((site) => site % COMPANY_NAMES.length === i));
    while (sites.size < Math.min(4, city.sites.length)) sites.add(random.whole(0, city.sites.length - 1));
    const contracts = [...sites].map((site) => ({ site, yard: random.whole(0, city.yards.length - 1) }));
    // Where there is much to haul, a permit names two yards.
    for (const { site, yard } of contracts.filter((_, k) => k % 3 === 0)) contracts.push({ site, yard: (yard + 1) % city.yards.length });
    const crew = CREWS[i % CREWS.length]!;
    return {
      id: `company-${String(i + 1).padStart(2, '0')}`,
      name: `随州${name}`,
      phone: `0722-3${random.whole(100000, 999999)}`,
      contracts,
      crew,
      hours: i === 4 ? NIGHTS_BY_DAY : HOURS[crew],
      routed: i % 3 !== 2,
    };
  });
}

function makeTruck(i: number, companies: Company[], city: City, plates: Set<string>, random: Random): Truck {
  const company = companies[i % companies.length]!;
  const id = `truck-${String(i + 1).padStart(4, '0')}`;
  const ratedLoadKg = random.pick([15_000, 15_500, 16_000, 17_000, 18_000, 18_500, 20_000]);
  const lot = i % city.lots.length;
  const die = random.next();
  return {
    id,
    plate: makePlate(plates, random),
    companyId: company.id,
    ratedLoadKg,
    boxM3: Math.round(ratedLoadKg / 1_300),
    colour: random.pick(TRUCK_COLOURS),
    terminal: makeTerminal(i, id, random.fork('terminal')),
    home: { lot, bay: Math.floor(i / city.lots.length) % city.lots[lot]!.bays.length },
    crew: company.crew,
    lateH: random.between(-0.8, 0.8),
    pace: random.between(0.88, 1),
    recklessness: die < 0.6 ? 0.4 : die < 0.85 ? 1 : 3.4,
  };
}

function makePlate(taken: Set<string>, random: Random): string {
  const digit = (): string => random.pick([...'0123456789']);
  const letter = (): string => random.pick([...'ABCDEFGHJKLMNPQRSTUVWXYZ']);
  for (;;) {
    const plate = `鄂S${random.pick([() => digit() + letter() + digit() + digit() + digit(), () => letter() + digit() + digit() + digit() + digit(), () => digit() + digit() + digit() + digit() + digit()])()}`;
    if (taken.has(plate)) continue;
    taken.add(plate);
    return plate;
  }
}

function makeTerminal(i: number, truckId: string, random: Random): Terminal {
  // The first two open the show (driver.ts): they have every sensor.
  const kit = i < 2 ? 0 : random.next();
  return {
    id: `ztc-${String(i + 1).padStart(4, '0')}`,
    truckId,
    bed: kit < 0.7 ? 'both' : kit < 0.9 ? 'angle' : 'switch',
    load: kit < 0.82 ? 'kg' : 'state',
    clock: random.chance(0.85) ? 'iso' : 'epoch',
    says: {
      satellites: random.chance(0.85),
      accuracy: random.chance(0.9),
      odometer: random.chance(0.9),
      seq: random.chance(0.85),
      altitude: random.chance(0.4),
    },
    bedOffsetDeg: random.chance(0.25) ? random.between(-1.5, 3) : random.between(-0.6, 0.9),
    latencyMs: random.whole(60, 780),
    odometerKm: random.between(8_000, 190_000),
    seq: random.whole(1, 60_000),
  };
}
