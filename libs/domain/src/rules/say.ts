type Value = number | string | boolean | null | undefined;

/** Metres below a kilometre, else kilometres with one decimal. */
export function metres(distanceM: Value): string {
  const value = Number(distanceM ?? 0);
  return value < 1_000 ? `${Math.round(value)} m` : `${(value / 1_000).toFixed(1)} km`;
}

/** Whether a load fell by so much that it is worth saying. */
export function fell(fromKg: Value, toKg: Value): boolean {
  return typeof fromKg === 'number' && typeof toKg === 'number' && fromKg - toKg >= 100;
}

/** Kilograms as evidence says them: sensors say them to the gram, and drift below zero. */
export function wholeKg(kg: number | null): number | null {
  return kg === null ? null : Math.max(0, Math.round(kg));
}

/** Whole kilometres an hour. */
export function kmh(speedKmh: Value): string {
  return `${Math.round(Number(speedKmh ?? 0))} km/h`;
}

/** Tonnes with one decimal. */
export function tonnes(kg: Value): string {
  return `${(Number(kg ?? 0) / 1_000).toFixed(1)} t`;
}
