/** What the database says of who laid the city down. */
export interface Found {
  companies: number;
  /** Who entered the first place, truck or terminal; null: nobody yet. */
  firstBy: string | null;
  /** The base map is laid last. */
  hasBaseMap: boolean;
}

/** Under this name the demo enters its city: no account of a person can have it. */
export const DEMO_NAME = '(demo)';

/** What the demo may do: lay its city down (again, where it was interrupted), only drive through it, or leave a city alone that is not its own. */
export function whatToDo({ companies, firstBy, hasBaseMap }: Found, hasState: boolean): 'lay-down' | 'drive' | 'leave-alone' {
  if (firstBy === null) return companies === 0 || hasState ? 'lay-down' : 'leave-alone';
  if (firstBy !== DEMO_NAME) return 'leave-alone';
  return hasBaseMap && hasState ? 'drive' : 'lay-down';
}
