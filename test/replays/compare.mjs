/** What is expected of a day: everything about its alerts that rules decide. */
export function expectedOf(alerts) {
  return alerts.map(({ rule, truckId, plate, scope, began, ended, severity, evidence }) => ({
    rule,
    truckId,
    plate,
    scope,
    began: new Date(began).toISOString(),
    ended: ended === null ? null : new Date(ended).toISOString(),
    severity,
    evidence,
  }));
}

/** One line for each alert that is new (+), gone (-) or another (~). */
export function compare(expected, found) {
  const keyOf = ({ rule, truckId, plate, scope, began }) => `${rule} ${truckId ?? plate ?? '-'} ${scope} ${began}`;
  const before = new Map(expected.map((alert) => [keyOf(alert), alert]));
  const now = new Map(expectedOf(found).map((alert) => [keyOf(alert), alert]));
  const added = [...now].filter(([key]) => !before.has(key)).map(([key, { severity, evidence }]) => `+ ${key} ${severity} ${JSON.stringify(evidence)}`);
  const gone = [...before].filter(([key]) => !now.has(key)).map(([key, { severity, evidence }]) => `- ${key} ${severity} ${JSON.stringify(evidence)}`);
  const other = [...now].flatMap(([key, alert]) => {
    const known = before.get(key);
    const changes = known ? differences({ ...known, ...known.evidence }, { ...alert, ...alert.evidence }) : [];
    return changes.length > 0 ? [`~ ${key} ${changes.join(', ')}`] : [];
  });
  return [...added, ...gone, ...other];
}

function differences(before, now) {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  names.delete('evidence');
  return [...names].filter((name) => before[name] !== now[name]).map((name) => `${name} ${before[name]} → ${now[name]}`);
}
