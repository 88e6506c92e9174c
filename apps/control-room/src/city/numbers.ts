/** 12,345 or 1.5: thousands apart, at most one digit behind the point. */
export function numberWords(value: number | null): string {
  return value === null ? '—' : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
