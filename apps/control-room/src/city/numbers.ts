/** 12,345 or 1.5: thousands apart, at most one digit behind the point. */
export function numberWords(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** 98.5 %; a share that rounds to all or nothing but is not says so. */
export function percentWords(share: number | null): string {
  if (share === null) return '—';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 1 && share >= 0.9995) return '> 99.9 %';
  return `${(share * 100).toFixed(1)} %`;
}
