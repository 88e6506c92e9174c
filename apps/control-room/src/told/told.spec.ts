import { at, command, delivery, notice } from './testing.js';
import { inOrder, putRightOf, standingOf } from './told.js';

describe('how far a notice has got', () => {
  it('says the message that got furthest as long as nobody has read it', () => {
    expect(standingOf(notice())).toMatchObject({ stand: 'open', mark: '…' });
    const deliveries = [delivery({ status: 'given-up' }), delivery({ channel: 'email', status: 'delivered' }), delivery({ channel: 'page', status: 'queued' })];
    expect(standingOf(notice({ deliveries }))).toMatchObject({ stand: 'delivered', at: at('13:04:43') });
  });

  it('says that it could not be sent only where no channel is left', () => {
    expect(standingOf(notice({ deliveries: [delivery({ status: 'given-up' })] }))).toMatchObject({ stand: 'given-up', mark: '✕', tone: 'bad' });
    expect(standingOf(notice({ deliveries: [delivery({ status: 'given-up' }), delivery({ status: 'held' })] }))).toMatchObject({ stand: 'held' });
  });

  it('puts the reading before the messages and the answer before both', () => {
    const read = notice({ readAt: at('13:05:10'), deliveries: [delivery()] });
    expect(standingOf(read)).toMatchObject({ stand: 'read', at: at('13:05:10'), mark: '✓' });
    const steps = [
      { at: at('13:06:00'), by: '王工', step: 'acknowledge' as const, text: null, photos: [] },
      { at: at('13:20:00'), by: '王工', step: 'rectify' as const, text: '已覆盖', photos: [] },
    ];
    expect(standingOf({ ...read, status: 'rectified', steps })).toMatchObject({ stand: 'rectified', at: at('13:20:00') });
    expect(standingOf({ ...read, status: 'sent-back', steps })).toMatchObject({ stand: 'sent-back', mark: '↩', at: null });
  });
});

it('keeps those told first in their places', () => {
  const later = notice({ id: 'n2', openedAt: at('13:20:00') });
  expect(inOrder([later, notice()]).map(({ id }) => id)).toEqual(['n1', 'n2']);
});

describe('put right', () => {
  it('is said of a word that was followed within its time, and not of one of another alert', () => {
    const correction = { until: at('13:08:05'), putRightAt: at('13:07:00') };
    expect(putRightOf([], [command({ correction })], ['a1'])).toEqual({ at: at('13:07:00'), afterWord: true });
    expect(putRightOf([], [command({ correction })], ['a2'])).toBeNull();
    expect(putRightOf([], [command({ correction: { ...correction, putRightAt: at('13:09:00') } })], ['a1'])).toMatchObject({ afterWord: false });
  });

  it('is said by the notice where the notice says more', () => {
    const told = notice({ putRight: { at: at('13:06:30'), afterWord: true } });
    expect(putRightOf([told], [], ['a1'])).toEqual({ at: at('13:06:30'), afterWord: true });
    expect(putRightOf([notice()], [command()], ['a1'])).toBeNull();
  });
});
