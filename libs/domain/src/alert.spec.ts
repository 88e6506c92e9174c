import { afterStep, ALERT_STATUSES, ALERT_STEPS, ALERT_TRANSITIONS, alertId, type AlertStatus, RULE_CODES } from './alert.js';
import { RULES } from './rules/index.js';

describe('the life of an alert', () => {
  it('reaches every status from open', () => {
    const reached = new Set<AlertStatus>(['open']);
    for (let before = 0; before < reached.size;) {
      before = reached.size;
      for (const status of [...reached]) for (const step of ALERT_STEPS) reached.add(afterStep(status, step) ?? status);
    }
    expect([...reached].sort()).toEqual([...ALERT_STATUSES].sort());
  });

  it('leaves no status without a way out, and no step without a status that allows it', () => {
    for (const status of ALERT_STATUSES) expect(ALERT_STEPS.filter((step) => afterStep(status, step) !== null)).not.toEqual([]);
    for (const step of ALERT_STEPS) expect(ALERT_TRANSITIONS[step].from).not.toEqual([]);
  });

  it('refuses a step that the status does not allow', () => {
    expect(afterStep('confirmed', 'acknowledge')).toBeNull();
    expect(afterStep('dismissed', 'confirm')).toBeNull();
    expect(afterStep('open', 'reopen')).toBeNull();
    expect(afterStep('acknowledged', 'confirm')).toBe('confirmed');
    expect(afterStep('dismissed', 'reopen')).toBe('open');
  });

  it('is named by rule, subject, scope and beginning', () => {
    expect(alertId('no-go', 'truck-1', 'zone-7', 1_795_000_000_000)).toBe('no-go:truck-1:zone-7:1795000000000');
  });

  it('knows each rule in force by its code, once', () => {
    expect(RULES.map(({ code }) => code).sort()).toEqual([...RULE_CODES].sort());
  });
});
