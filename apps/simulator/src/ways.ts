import type { City } from './city.js';
import { Paths } from './path.js';
import type { Path, Spot } from './path.js';
import type { Random } from './random.js';
import { Routes, TASTES } from './routes.js';

/** The ways through a city and the paths along them: laid once, for the permits and for every driver. */
export interface Ways {
  routes: Routes;
  paths: Paths;
}

const laid = new WeakMap<City, Ways>();

export function waysOf(city: City): Ways {
  let ways = laid.get(city);
  if (!ways) laid.set(city, (ways = { routes: new Routes(city), paths: new Paths(city) }));
  return ways;
}

/** The way that one taste or another takes between two spots. */
export function usualPath(ways: Ways, from: Spot, to: Spot, random: Random): Path {
  const taste = random.whole(0, TASTES - 1);
  return ways.paths.usual(from, to, taste, () => ways.routes.way(from.node, to.node, taste));
}
