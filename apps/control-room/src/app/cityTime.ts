const formats = new Map<string, Intl.DateTimeFormat>();

function wallOf(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    const options = { hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formats.set(zone, format);
  }
  const p: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) p[type] = value;
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/** An instant as the field `datetime-local` holds it, on the city's clock: 2026-11-23T21:04. */
export const cityText = wallOf;

/** The instant that a `datetime-local` means on the city's clock; null while it is not filled in. A time that summer time skips is the one after. */
export function cityInstant(text: string, zone: string): number | null {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset at the guess may differ from the one at the answer: asked twice, it is settled.
  let at = asUtc;
  for (let i = 0; i < 2; i++) at = asUtc - (Date.parse(`${wallOf(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000);
  return at;
}

/** When the city's clock next shows this hour. */
export function nextHour(now: number, hour: number, zone: string): number {
  const [day] = wallOf(now, zone).split('T');
  const at = cityInstant(`${day}T${String(hour).padStart(2, '0')}:00`, zone)!;
  return at > now ? at : at + 86_400_000;
}
