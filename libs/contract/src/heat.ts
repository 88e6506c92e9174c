import { z } from 'zod';
import { ruleCode } from './alerts.js';
import { time } from './common.js';
import { saying } from './saying.js';

/** Where loads are lost: what the map's heat counts when nothing else is asked for. */
export const HEAT_RULES = ['spill', 'illegal-dumping'] as const;
/** Sides of a cell of the heat, degrees: some 280 m each way at the latitude of central China. */
export const HEAT_CELL_DEG = { lat: 0.0025, lon: 0.003 } as const;
/** The longest stretch that is counted at once, days. */
export const HEAT_DAYS_MOST = 92;

const DAY_MS = 86_400_000;

export const heatQuery = z
  .object({
    rules: z
      .string()
      .default(HEAT_RULES.join())
      .transform((said) => [...new Set(said.split(','))])
      .pipe(z.array(ruleCode).min(1))
      .meta({ description: 'Rule codes, by commas', example: 'spill,illegal-dumping' }),
    from: time,
    to: time,
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], ...saying('must be after from', '必须晚于 from') })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= HEAT_DAYS_MOST * DAY_MS, {
    path: ['to'],
    ...saying(`must be at most ${HEAT_DAYS_MOST} days after from`, `距 from 最多 ${HEAT_DAYS_MOST} 天`),
  });
export type HeatQuery = z.infer<typeof heatQuery>;

export const heatCell = z
  .object({
    lat: z.number().meta({ description: 'WGS-84, the mean of what was counted' }),
    lon: z.number(),
    count: z.number().int().meta({ description: 'Alerts: confirmed ones and those that wait for a decision' }),
    confirmed: z.number().int(),
  })
  .meta({ id: 'HeatCell' });
export type HeatCell = z.infer<typeof heatCell>;

export const heatAnswer = z
  .object({
    rules: z.array(ruleCode),
    from: time,
    to: time,
    count: z.number().int().meta({ description: 'Of all cells, those that were left out too' }),
    left: z.number().int().meta({ description: 'Cells that were left out: only the fullest 5,000 are told' }),
    items: z.array(heatCell),
  })
  .meta({ id: 'Heat' });
export type Heat = z.infer<typeof heatAnswer>;
