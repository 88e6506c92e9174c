/**
 * Alerts against what the made drivers did. A truth is found by an alert of its rule about its truck (or plate) that overlaps it in time; an alert is false when
 * it overlaps no truth of its rule and truck, spoiled and unfinished ones included. What nobody could know (`spoiled`, decided without rules) and what the day
 * cut off (`unfinished`) is left out of what was to be found, and counted.
 */

/** Clocks of terminals are wrong by up to 30 s, and what is done between two reports is seen at the next. */
const TOLERANCE_MS = 90_000;

/** @returns {{rule: string, cases: number, leftOut: number, found: number, missed: object[], alerts: number, false: object[], delaysS: number[]}[]} in the order of `rules` */
export function score(rules, truths, alerts, heardAt = () => null) {
  return rules.map((rule) => {
    const deeds = truths.filter((truth) => truth.rule === rule);
    const told = alerts.filter((alert) => alert.rule === rule);
    const counted = deeds.filter((truth) => truth.spoiled === null && !truth.unfinished);
    const missed = counted.filter((truth) => !told.some((alert) => meets(truth, alert)));
    const delaysS = counted.flatMap((truth) => {
      const first = told
        .filter((alert) => meets(truth, alert))
        .map((alert) => heardAt(alert))
        .filter((at) => at !== null);
      return first.length === 0 ? [] : [Math.max(0, (Math.min(...first) - truth.from) / 1_000)];
    });
    return {
      rule,
      cases: counted.length,
      leftOut: deeds.length - counted.length,
      found: counted.length - missed.length,
      missed,
      alerts: told.length,
      false: told.filter((alert) => !deeds.some((truth) => meets(truth, alert))),
      delaysS,
    };
  });
}

export function meets(truth, alert) {
  if (!sameDoer(truth, alert)) return false;
  const ended = alert.ended ?? Math.max(alert.began, alert.lastAt ?? alert.began);
  return alert.began <= truth.to + TOLERANCE_MS && ended >= truth.from - TOLERANCE_MS;
}

/** A deed of nobody that can be named is known by the camera that saw it. */
function sameDoer(truth, alert) {
  if (truth.truckId !== null) return alert.truckId === truth.truckId;
  if (truth.plate !== null) return alert.plate === truth.plate;
  return alert.truckId === null && (truth.scope === null || alert.scope === truth.scope);
}

/** One line a rule, as a table for people. */
export function table(scores) {
  const share = (part, whole) => (whole === 0 ? '—' : (part / whole).toFixed(3));
  const lines = scores.map(({ rule, cases, leftOut, found, missed, alerts, false: wrong, delaysS }) => {
    const sorted = delaysS.toSorted((a, b) => a - b);
    const delay = sorted.length === 0 ? '—' : `${Math.round(sorted[sorted.length >> 1])} / ${Math.round(sorted[Math.floor(sorted.length * 0.95)])} s`;
    const total = cases + leftOut;
    return [
      rule,
      cases,
      `${leftOut} (${total === 0 ? 0 : Math.round((100 * leftOut) / total)} %)`,
      found,
      missed.length,
      wrong.length,
      share(found, cases),
      share(alerts - wrong.length, alerts),
      delay,
    ];
  });
  const head = ['rule', 'cases', 'left out', 'found', 'missed', 'false', 'recall', 'precision', 'delay p50 / p95'];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The scores of two days of the same rules together. */
export function add(some, others) {
  return some.map((one, i) => {
    const other = others[i];
    const numbers = Object.fromEntries(['cases', 'leftOut', 'found', 'alerts'].map((name) => [name, one[name] + other[name]]));
    const lists = Object.fromEntries(['missed', 'false', 'delaysS'].map((name) => [name, [...one[name], ...other[name]]]));
    return { rule: one.rule, ...numbers, ...lists };
  });
}
