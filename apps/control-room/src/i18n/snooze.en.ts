import type { snoozeZh } from './snooze.zh.js';

export const snoozeEn: typeof snoozeZh = {
  title: (plate) => `Snooze a rule of ${plate}`,
  what: 'Until then this truck’s alerts of the rule are recorded as ever, and ring and tell nobody.',
  rule: 'Rule',
  chooseRule: 'Choose a rule',
  until: 'Until',
  shiftEnd: 'end of shift',
  reason: 'Reason (required)',
  reasonHint: 'e.g. in the workshop, bed sensor to be replaced',
  reasons: ['In the workshop', 'Sensor to be replaced', 'Company told to deal with it'],
  submit: 'Snooze',
  past: 'That time has gone by; choose a later one.',
  tooLong: 'At most 30 days.',
  offer: (rule) => `Snooze “${rule}” of this truck`,
  offerTruck: 'Snooze a rule…',
  untilBy: (until, by) => `until ${until} · ${by}`,
  end: 'End snooze',
  list: 'Snoozed',
  listWhy: 'Alerts of these trucks and rules are recorded and ring nobody. They wake by themselves.',
  none: 'Nothing is snoozed. A truck’s rule is snoozed from an alert or from the truck’s card.',
  failed: 'The snoozes could not be read.',
};
