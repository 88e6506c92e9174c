import { z } from 'zod';
import { role } from './auth.js';
import { id } from './common.js';

/** Whom a place can name as a manager of it: who answers for sites or yards. */
export const manager = z
  .object({
    accountId: id,
    name: z.string(),
    role,
    places: z.array(z.object({ id, name: z.string() })).meta({ description: 'What they answer for already, of what the one who asks sees; at most 3' }),
  })
  .meta({ id: 'Manager' });
export type Manager = z.infer<typeof manager>;
export const MOST_MANAGERS = 50;
export const managersQuery = z.object({
  q: z.string().trim().max(80).optional().meta({ description: 'A piece of the name, or of the name of a place of theirs' }),
  ids: z
    .string()
    .max(4_000)
    .optional()
    .transform((said) => said?.split(',').filter((one) => one !== ''))
    .meta({ description: 'Just these, parted by commas: to say what they are called' }),
});
export type ManagersQuery = z.output<typeof managersQuery>;
export const managerList = z.object({ items: z.array(manager).meta({ description: `By name, at most ${MOST_MANAGERS}` }) }).meta({ id: 'ManagerList' });
export type ManagerList = z.infer<typeof managerList>;
