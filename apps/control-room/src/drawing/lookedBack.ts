import { PREVIEW_ENTRIES, type PlacePreview, type Touched } from '@muckwatch/contract';

/** What two answers in a row say together: each truck is whole in one of them, and alerts are in the first alone. */
export function together(before: PlacePreview | null, next: PlacePreview): PlacePreview {
  if (before === null) return next;
  return {
    ...next,
    from: before.from,
    drawn: sum(before.drawn, next.drawn),
    present: before.present && next.present && sum(before.present, next.present),
    entries: [...before.entries, ...next.entries].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, PREVIEW_ENTRIES),
    alerts: before.alerts,
    looked: { ...next.looked, trucks: before.looked.trucks + next.looked.trucks, reports: before.looked.reports + next.looked.reports },
  };
}

function sum(a: Touched, b: Touched): Touched {
  const counted = ['trucks', 'visits', 'passes', 'crossings', 'unsure', 'loads', 'departed', 'unloaded'] as const;
  return { ...a, ...Object.fromEntries(counted.map((key) => [key, a[key] + b[key]])) };
}
