import { addressOf, viewOf } from './filterAddress.js';
import { NO_FILTER } from './incidents.js';

const read = (address: string) => viewOf(new URLSearchParams(address));

it('says nothing of what is usual', () => {
  expect(addressOf({ tab: 'open', filter: NO_FILTER })).toBe('');
  expect(read('')).toEqual({ tab: 'open', filter: NO_FILTER });
});

it('reads back what it said', () => {
  const view = {
    tab: 'acknowledged' as const,
    filter: { rules: ['spill' as const, 'no-go' as const], severities: ['critical' as const], includeLate: false, assigneeId: 'night-1' },
  };
  const address = addressOf(view);
  expect(address).toBe('?tab=acknowledged&severity=critical&rule=spill,no-go&late=no&who=night-1');
  expect(viewOf(new URLSearchParams(address))).toEqual({ ...view, filter: { ...view.filter, rules: expect.arrayContaining(view.filter.rules) } });
});

it('takes a link from another day for what it can', () => {
  expect(read('?tab=nowhere&rule=spill,no-such-rule&severity=purple')).toEqual({ tab: 'open', filter: { ...NO_FILTER, rules: ['spill'] } });
});
