/** 12,345 or 1.5: thousands apart, at most one digit behind the point. */
export function numberWords(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
