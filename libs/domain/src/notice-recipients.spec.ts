import { type NoticeRule, type Occasion, recipients } from './notice-recipients.js';
import { MINUTE_MS } from './time.js';

const rule = (fields: Partial<NoticeRule> = {}): NoticeRule => ({
  id: 'r',
  role: 'site-manager',
  kinds: null,
  leastSeverity: 'minor',
  withinMinutesOfLeaving: null,
  answerWithinWorkingHours: null,
  escalateToRole: null,
  enabled: true,
  ...fields,
});
const LI = { name: 'Li', role: 'site-manager', site: 's1' };
const WANG = { name: 'Wang', role: 'site-manager', site: 's2' };
const ZHAO = { name: 'Zhao', role: 'dispatcher', site: 's1' };
const PEOPLE = [LI, WANG, ZHAO];
const SPILL: Occasion = { kind: 'spill', severity: 'critical', sinceLeavingMs: 10 * MINUTE_MS };
const told = (rules: NoticeRule[], occasion = SPILL, site = 's1') => recipients(rules, PEOPLE, occasion, (person) => person.site === site);
const names = (...of: Parameters<typeof told>) => told(...of).map(({ person }) => person.name);

describe('who is told', () => {
  it('are those of the role whose scope covers it', () => {
    expect(names([rule()])).toEqual(['Li']);
    expect(names([rule()], SPILL, 's2')).toEqual(['Wang']);
    expect(names([rule({ role: 'supervisor' })])).toEqual([]);
  });

  it('depends on what happened and how grave it is', () => {
    expect(names([rule({ kinds: ['spill'] })])).toEqual(['Li']);
    expect(names([rule({ kinds: ['speeding'] })])).toEqual([]);
    expect(names([rule({ leastSeverity: 'serious' })], { ...SPILL, severity: 'serious' })).toEqual(['Li']);
    expect(names([rule({ leastSeverity: 'critical' })], { ...SPILL, severity: 'serious' })).toEqual([]);
  });

  it('is nobody by a rule that is switched off', () => {
    expect(names([rule({ enabled: false })])).toEqual([]);
  });

  it('can be only those whose site the truck left a moment ago', () => {
    const within = [rule({ withinMinutesOfLeaving: 15 })];
    expect(names(within, { ...SPILL, sinceLeavingMs: 15 * MINUTE_MS })).toEqual(['Li']);
    expect(names(within, { ...SPILL, sinceLeavingMs: 15 * MINUTE_MS + 1 })).toEqual([]);
    expect(names(within, { ...SPILL, sinceLeavingMs: null })).toEqual([]);
  });

  it('is each person once, by the strictest of the rules that name them', () => {
    const rules = [
      rule({ id: 'a', answerWithinWorkingHours: 24 }),
      rule({ id: 'b', answerWithinWorkingHours: 8, escalateToRole: 'supervisor' }),
      rule({ id: 'c', role: 'dispatcher' }),
    ];
    expect(told(rules)).toEqual([
      { person: LI, ruleId: 'a', answerWithinWorkingHours: 8, escalateToRole: 'supervisor' },
      { person: ZHAO, ruleId: 'c', answerWithinWorkingHours: null, escalateToRole: null },
    ]);
  });
});
