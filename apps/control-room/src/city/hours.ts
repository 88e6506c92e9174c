/** An hour of the city’s clock and the alerts that began in it. */
export interface Cell {
  day: string;
  hour: number;
  alerts: number;
}

/** All hours of the days that the cells name, those without alerts too. */
export function strip(cells: readonly Cell[], days: readonly string[]): Cell[] {
  const known = new Map(cells.map((cell) => [`${cell.day} ${cell.hour}`, cell.alerts]));
  return days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => ({ day, hour, alerts: known.get(`${day} ${hour}`) ?? 0 })));
}

/** Days of the city’s calendar from one to the other, both with it. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += 86_400_000) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
