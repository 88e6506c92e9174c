import type { City } from './city.js';
import type { Company } from './fleet.js';
import type { Gate } from './gates.js';
import { Cells } from './grid.js';
import { simplify } from './lines.js';
import { spotInPlace } from './path.js';
import { between, distance } from './plane.js';
import type { Point } from './plane.js';
import type { Hours } from './places.js';
import { Random } from './random.js';
import { TASTES } from './routes.js';
import { waysOf } from './ways.js';

/** What a company may haul: from one site to these yards, on these routes, in these hours. As wire.md has it. */
export interface Permit {
  id: string;
  companyId: string;
  siteId: string;
  yardIds: string[];
  truckIds: string[];
  routeIds: string[];
  hours: Hours[] | null;
  validFrom: string;
  validTo: string | null;
  volumeM3: number;
}

/** A way that a permit approves: the very line that honest trucks drive. */
export interface ApprovedRoute {
  id: string;
  name: string;
  widthM: number;
  line: Point[];
  /** Something of it within `withinM` of the point? Asked for each sample of each drive. */
  near: (p: Point, withinM: number) => boolean;
}

export const VALID_FROM = '2020-01-01T00:00:00+08:00';
/** Half of it, and what the terminal says of its fix, is what a truck may be off the line: satellites err by a fifth of that. */
const WIDTH_M = 90;
const STEP_M = 25;

/** A permit for each site that a company works at, and the routes that those of a company with approved routes name. */
export function makePermits(city: City, companies: readonly Company[], seed: number): { permits: Permit[]; routes: ApprovedRoute[] } {
  const random = new Random(`permits ${seed}`);
  const routes = new Map<string, ApprovedRoute[]>();
  const permits = companies.flatMap((company) => {
    const sites = [...new Set(company.contracts.map(({ site }) => site))];
    return sites.map((site) => {
      const yards = company.contracts.filter((contract) => contract.site === site).map(({ yard }) => city.yards[yard]!);
      const from = city.sites[site]!;
      for (const yard of company.routed ? yards : []) {
        const key = `${from.place.id} ${yard.place.id}`;
        if (!routes.has(key)) routes.set(key, layRoutes(city, from, yard));
      }
      const mine = company.routed ? yards.flatMap((yard) => routes.get(`${from.place.id} ${yard.place.id}`)!) : [];
      return {
        id: `permit-${company.id.slice(-2)}-${from.place.id}`,
        companyId: company.id,
        siteId: from.place.id,
        yardIds: yards.map(({ place }) => place.id),
        truckIds: [],
        routeIds: mine.map(({ id }) => id),
        hours: company.hours,
        validFrom: VALID_FROM,
        validTo: null,
        volumeM3: 50_000 * random.whole(8, 40),
      };
    });
  });
  return { permits: [...permits, ...ranOut(city, companies)], routes: [...routes.values()].flat() };
}

/** Some companies still have the paper of a site whose permit ran out years ago. */
function ranOut(city: City, companies: readonly Company[]): Permit[] {
  return companies
    .filter((_, i) => i % 3 === 0)
    .flatMap((company) => {
      const site = city.sites.findIndex((_, i) => company.contracts.every((contract) => contract.site !== i));
      if (site < 0) return [];
      const siteId = city.sites[site]!.place.id;
      const yardIds = city.yards.slice(0, 1).map(({ place }) => place.id);
      const id = `permit-${company.id.slice(-2)}-${siteId}-2022`;
      const validTo = '2023-01-01T00:00:00+08:00';
      return [{ id, companyId: company.id, siteId, yardIds, truckIds: [], routeIds: [], hours: null, validFrom: VALID_FROM, validTo, volumeM3: 80_000 }];
    });
}

/** One route for each taste of driver, unless they agree. */
function layRoutes(city: City, site: Gate, yard: Gate): ApprovedRoute[] {
  const { routes, paths } = waysOf(city);
  const [from, to] = [spotInPlace(site, site.drive[2]), spotInPlace(yard, yard.drive[2])];
  const ways = Array.from({ length: TASTES }, (_, taste) => routes.way(from.node, to.node, taste));
  const different = ways.flatMap((way, taste) => (ways.findIndex((other) => other.join() === way.join()) === taste ? [taste] : []));
  return different.map((taste, i) => {
    const line = simplify(
      paths.approved(from, to, taste, () => ways[taste]!),
      2,
    );
    const id = `route-${site.place.id.slice(-2)}-${yard.place.id.slice(-2)}-${i + 1}`;
    return { id, name: `${site.place.name}至${yard.place.name}${different.length > 1 ? `${i + 1}线` : ''}`, widthM: WIDTH_M, line, near: nearLine(line) };
  });
}

function nearLine(line: readonly Point[]): ApprovedRoute['near'] {
  const cells = new Cells<Point>(100);
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const pieces = Math.max(1, Math.ceil(distance(a, b) / STEP_M));
    for (let k = 0; k <= pieces; k++) {
      const p = between(a, b, k / pieces);
      cells.add(p, p);
    }
  }
  return (p, withinM) => cells.near(p, withinM).some((other) => distance(p, other) <= withinM);
}
