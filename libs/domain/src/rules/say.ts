type Value = number | string | boolean | null | undefined;

/** Metres below a kilometre, else kilometres with one decimal. */
export function metres(distanceM: Value): string {
  const value = Number(distanceM ?? 0);
  return value < 1_000 ? `${Math.round(value)} m` : `${(value / 1_000).toFixed(1)} km`;
}

/** Tonnes with one decimal. */
export function tonnes(kg: Value): string {
  return `${(Number(kg ?? 0) / 1_000).toFixed(1)} t`;
}
