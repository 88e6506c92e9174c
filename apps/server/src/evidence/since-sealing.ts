/** What an alert says now that its sealed evidence does not, or no longer. */
export interface SinceSealing {
  /** Names of the alert's fields. */
  fields: string[];
  /** Numbers of reports of its stretch. */
  reports: { added: number; removed: number; changed: number };
}

interface Sealed {
  alert: Record<string, unknown>;
  reports: Record<string, unknown>[];
}

/**
 * Compares a seal's document with what a seal made now would hold. A report that came late, an episode that went on after it was confirmed and a log that was thrown away
 * after its years make differences too: they are named, and people judge them.
 */
export function sinceSealing(document: string, now: { facts: string; reports: string }): SinceSealing {
  const sealed = JSON.parse(document) as Sealed;
  const facts = JSON.parse(now.facts) as Sealed['alert'];
  const names = [...new Set([...Object.keys(sealed.alert), ...Object.keys(facts)])];
  const [before, after] = [byKey(sealed.reports), byKey(JSON.parse(now.reports) as Sealed['reports'])];
  const common = [...before.keys()].filter((key) => after.has(key));
  return {
    fields: names.filter((name) => said(sealed.alert[name]) !== said(facts[name])),
    reports: {
      added: after.size - common.length,
      removed: before.size - common.length,
      changed: common.filter((key) => before.get(key) !== after.get(key)).length,
    },
  };
}

export function isUnchanged({ fields, reports }: SinceSealing): boolean {
  return fields.length === 0 && reports.added + reports.removed + reports.changed === 0;
}

function byKey(reports: Record<string, unknown>[]): Map<string, string> {
  return new Map(reports.map((report) => [said([report.source, report.at, report.digest]), said(report)]));
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** A database that another time zone was set for since writes the same instant in other words. */
function said(value: unknown): string {
  const plain = (_: string, inner: unknown) => (typeof inner === 'string' && TIME.test(inner) ? new Date(inner).getTime() : inner);
  return JSON.stringify(value, (key, inner: unknown) => sorted(plain(key, inner))) ?? 'undefined';
}

/** jsonb keeps no order of names. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
