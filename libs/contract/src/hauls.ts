import { z } from 'zod';
import { alertStatus, haul, haulQuery, ruleCode, severity } from './alerts.js';
import { id, time } from './common.js';
import { yardDesk } from './yards.js';

/** What became of a load. */
export const OUTCOMES = ['own-yard', 'other-yard', 'yard', 'refused', 'dumped', 'unknown', 'under-way', 'arrived', 'lost'] as const;
export const haulOutcome = z.enum(OUTCOMES).meta({
  description:
    'own-yard: at a yard that its permit names; other-yard: at one that it does not name; yard: at a yard, with no permit; refused by the yard; dumped: gone before our eyes elsewhere; unknown: gone, nobody saw where; under-way; arrived: at a yard and not tipped yet; lost: not heard to end for 6 h',
});
export type HaulOutcome = z.infer<typeof haulOutcome>;

/** Two of its answers together, as they are counted: what a permit has used up, and what a yard has. */
export const OUTCOME_GROUPS = ['delivered', 'taken'] as const;

export const HAUL_SORTS = ['departed', 'minutes', 'km', 'load', 'volume'] as const;

/** Which loads are meant. */
export const haulFilter = haulQuery.omit({ cursor: true, limit: true }).extend({
  ended: z
    .enum([...OUTCOMES, ...OUTCOME_GROUPS])
    .optional()
    .meta({ description: 'delivered: at a yard, refused or not; taken: at a yard and not refused' }),
  by: z.enum(['departed', 'unloaded']).default('departed').meta({ description: 'Which time lies in the stretch' }),
});
export type HaulFilter = z.output<typeof haulFilter>;

export const haulTableQuery = haulFilter.extend({
  sort: z.enum(HAUL_SORTS).default('departed'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type HaulTableQuery = z.output<typeof haulTableQuery>;

export const haulAlert = z
  .object({ id: z.string(), incident: z.string(), rule: ruleCode, severity, status: alertStatus, began: time, ended: time.nullable() })
  .meta({ id: 'HaulAlert' });
export type HaulAlert = z.infer<typeof haulAlert>;

/** A load as a row of the table. */
export const haulRow = haul
  .extend({
    outcome: haulOutcome,
    minutes: z.number().nullable().meta({ description: 'From departure to end; of one under way until now; null where it was not heard to end' }),
    volumeM3: z.number().nullable().meta({ description: 'The truck’s box, or the fleet’s median box; null where no box is known' }),
    estimated: z.boolean().meta({ description: 'The truck’s box is not known: counted as the fleet’s median' }),
    alerts: z.array(haulAlert).meta({ description: 'That still hold, worst first; dismissed ones last' }),
  })
  .meta({ id: 'HaulRow' });
export type HaulRow = z.infer<typeof haulRow>;

export const haulTable = z.object({ items: z.array(haulRow) }).meta({ id: 'HaulTable' });
export type HaulTable = z.infer<typeof haulTable>;

const sums = z.object({
  loads: z.number().int(),
  estimated: z.number().int().meta({ description: 'Of these, counted as the fleet’s median box' }),
  volumeM3: z.number().nullable(),
  weighed: z.number().int().meta({ description: 'Of these, with a weight' }),
  loadKg: z.number(),
  distanceKm: z.number(),
});

/** All loads of a filter, summed; and from where to where they went. */
export const haulTotals = z
  .object({
    ...sums.shape,
    takenM3: z.number().nullable().meta({ description: 'Of these, what was delivered and not refused: what the city’s figures, permits and yards count' }),
    flows: z.array(sums.extend({ siteId: id.nullable(), yardId: id.nullable() })).meta({ description: 'From each site to each yard, most loads first' }),
  })
  .meta({ id: 'HaulTotals' });
export type HaulTotals = z.infer<typeof haulTotals>;

const tally = z.object({ hauls: z.number().int(), estimated: z.number().int(), volumeM3: z.number().nullable() }).meta({ id: 'HaulTally' });
export type HaulTally = z.infer<typeof tally>;

export const haulPlacesQuery = z.object({ from: time.optional(), to: time.optional() });
export type HaulPlacesQuery = z.output<typeof haulPlacesQuery>;

/** What was hauled from each site and to each yard, against what is allowed and what there is room for. */
export const haulPlaces = z
  .object({
    today: time.meta({ description: 'When today began in the city' }),
    from: time,
    to: time,
    sites: z.array(
      z.object({
        id,
        name: z.string(),
        permits: z
          .array(tally.extend({ id, company: z.object({ id, name: z.string() }), allowedM3: z.number().nullable(), validTo: time.nullable() }))
          .meta({ description: 'In force now, each with all that was ever delivered under it' }),
        today: tally,
        stretch: tally,
      }),
    ),
    yards: z.array(
      z.object({
        id,
        name: z.string(),
        capacityM3: z.number().nullable(),
        remainingM3: z.number().nullable().meta({ description: 'Null where no capacity is entered, and for those who see the loads of one company only' }),
        ever: tally.nullable().meta({ description: 'Null for those who see the loads of one company only' }),
        today: tally,
        stretch: tally,
      }),
    ),
  })
  .meta({ id: 'HaulPlaces' });
export type HaulPlaces = z.infer<typeof haulPlaces>;

const waits = z.object({
  arrived: z.number().int().meta({ description: 'Loads that arrived' }),
  measured: z.number().int().meta({ description: 'Of these, with a time at which the bed went up' }),
  medianS: z.number().nullable(),
  p95S: z.number().nullable(),
});

/** Who comes to each yard, who waits there, and for how long trucks have been waiting. */
export const haulYards = z
  .object({
    at: time,
    today: time.meta({ description: 'When today began in the city' }),
    yards: z.array(
      z.object({
        id,
        name: z.string(),
        here: yardDesk.shape.here,
        coming: yardDesk.shape.coming,
        waits: z.object({ today: waits, last7d: waits }).meta({ description: 'From arrival until the bed went up' }),
        hours: z.array(z.number().int()).meta({ description: 'Loads tipped in each hour of today that has begun' }),
      }),
    ),
  })
  .meta({ id: 'HaulYards' });
export type HaulYards = z.infer<typeof haulYards>;
