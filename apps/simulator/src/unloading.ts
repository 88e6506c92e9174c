import { curve } from './curve.js';
import type { Curve } from './curve.js';
import type { Truck } from './fleet.js';
import type { Unloading } from './hauls.js';
import { standing } from './phase.js';
import type { Phase, Seen } from './phase.js';
import type { Random } from './random.js';
import type { EpochMs } from './truth.js';

interface Arrived {
  at: EpochMs;
  stand: Phase['stand'];
  headingDeg: number;
  drivenKm: number;
  loadKg: number;
  coverOpen: boolean;
}

/** Opens the cover, gets rid of the load, closes it again. Out in the open some are gone at once, some look at what they did. */
export function unload(truck: Truck, cab: Arrived, { how, bedSensorDead, deeds }: Unloading, inTheOpen: boolean, leastS: number, random: Random): Phase {
  const { phase, offFrom, offTo } = how === 'tipped' ? tip(truck, cab, inTheOpen, leastS, random) : dig(truck, cab, random);
  const [from, to] = [offFrom, offTo].map((s) => phase.from + Math.round(s * 1000)) as [EpochMs, EpochMs];
  return {
    ...phase,
    faults: bedSensorDead ? [{ from: phase.from, to: phase.to, says: { bedDeg: 0 } }] : [],
    // What a yard is left with is wrong for as long as the truck is in it.
    deeds: deeds.map((deed) => ({ ...deed, from, to: inTheOpen ? to : phase.to })),
    sights: deeds.flatMap(({ scope, nameless }): Seen[] =>
      scope?.startsWith('cam-')
        ? [{ at: from + 6000, camera: scope, kind: 'dumping', direction: null, covered: null, clean: null, certain: true, plate: nameless ? 'hidden' : 'own' }]
        : [],
    ),
  };
}

interface Done {
  phase: Phase;
  /** When the deed of it begins and ends, in seconds: the bed is beyond 20°, or the load goes. */
  offFrom: number;
  offTo: number;
}

function tip(truck: Truck, cab: Arrived, inTheOpen: boolean, leastS: number, random: Random): Done {
  const angle = random.between(45, 50);
  const raised = 26 + angle / 2.6;
  const held = raised + random.between(18, 40);
  const down = held + angle / 3.2;
  const left = truck.ratedLoadKg * random.between(0.003, 0.025);
  const slide = 26 + 24 / 2.6;
  const load: Curve = curve([slide, cab.loadKg], [slide + 5, cab.loadKg * 0.7], [raised + 4, cab.loadKg * 0.12], [held - 4, left]);
  const lingers = inTheOpen ? random.whole(8, 90) : random.whole(8, 25);
  const closes = Math.ceil(down + 6);
  const phase: Phase = {
    ...standing(inTheOpen ? 'dumping' : 'tipping', cab.at, Math.max(leastS, closes + lingers), cab),
    bed: curve([26, 0], [raised, angle], [held, angle], [down, 0]),
    load,
    coverOpen: { first: cab.coverOpen, changes: [...(cab.coverOpen ? [] : [12]), closes] },
  };
  return { phase, offFrom: 26 + 20 / 2.6, offTo: held + (angle - 20) / 3.2 };
}

function dig(truck: Truck, cab: Arrived, random: Random): Done {
  const from = random.whole(35, 50);
  const to = from + random.whole(95, 170);
  const left = truck.ratedLoadKg * random.between(0.003, 0.02);
  const phase: Phase = {
    ...standing('dumping', cab.at, to + random.whole(70, 130), cab),
    load: curve([from, cab.loadKg], [to, left]),
    coverOpen: { first: cab.coverOpen, changes: [...(cab.coverOpen ? [] : [12]), to + 20] },
  };
  return { phase, offFrom: from, offTo: to + 30 };
}
