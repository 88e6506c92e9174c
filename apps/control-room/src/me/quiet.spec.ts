import { overMidnight, quietBody, quietOf } from './quiet.js';

describe('quiet hours', () => {
  it('are one window for every day, over midnight', () => {
    expect(quietBody({ on: true, from: '22:00', to: '07:00' })).toEqual([{ from: '22:00', to: '07:00' }]);
    expect(overMidnight({ from: '22:00', to: '07:00' })).toBe(true);
    expect(overMidnight({ from: '12:00', to: '14:00' })).toBe(false);
  });

  it('are none where they are off, and nothing is sent that is no time', () => {
    expect(quietBody({ on: false, from: '22:00', to: '07:00' })).toBeNull();
    expect(quietBody({ on: true, from: '22:00', to: '' })).toBeUndefined();
    expect(quietBody({ on: true, from: '22:00', to: '22:00' })).toBeUndefined();
  });

  it('say how many more windows there are than are shown', () => {
    expect(quietOf(null)).toEqual({ on: false, from: '22:00', to: '07:00', more: 0 });
    expect(quietOf([{ from: '21:00', to: '06:00' }])).toEqual({ on: true, from: '21:00', to: '06:00', more: 0 });
    expect(quietOf([{ from: '21:00', to: '06:00', days: [6, 7] }]).more).toBe(1);
    expect(quietOf([{ from: '21:00', to: '06:00' }, { from: '12:00', to: '13:00' }]).more).toBe(1); // prettier-ignore
  });
});
