import { at, command, notice } from '../told/testing.js';
import { answersInOrder, controlsInOrder, nextAfter, withControl, withNotice } from './waiting.js';

describe('answers that wait', () => {
  it('come in when they are given and go when somebody has dealt with them', () => {
    const answered = withNotice(new Map(), notice({ status: 'rectified', version: 3 }));
    expect(answered.size).toBe(1);
    expect(withNotice(answered, notice({ status: 'accepted', version: 4 })).size).toBe(0);
  });

  it('keep the newer word, whichever comes first', () => {
    const answered = withNotice(new Map(), notice({ status: 'rectified', version: 3 }));
    expect(withNotice(answered, notice({ status: 'acknowledged', version: 2 }))).toBe(answered);
    const empty = new Map();
    expect(withNotice(empty, notice({ status: 'open' }))).toBe(empty);
  });

  it('stand in the order in which they were told', () => {
    const later = notice({ id: 'n2', status: 'objected', openedAt: at('13:20:00') });
    const both = [later, notice({ status: 'rectified' })].reduce(withNotice, new Map());
    expect(answersInOrder(both).map(({ id }) => id)).toEqual(['n1', 'n2']);
  });
});

it('keeps a control that was asked for while we looked, with what became of it', () => {
  const asked = withControl(new Map(), command({ kind: 'limit-lift', status: 'asked' }));
  const queued = withControl(asked, command({ kind: 'limit-lift', status: 'queued', version: 2 }));
  expect(controlsInOrder(asked).waiting).toHaveLength(1);
  expect(controlsInOrder(queued)).toMatchObject({ waiting: [], decided: [{ status: 'queued' }] });
  expect(withControl(new Map(), command({ kind: 'limit-lift', status: 'done' })).size).toBe(0);
  expect(withControl(new Map(), command({ kind: 'speak' })).size).toBe(0);
});

it('goes on to the next one below', () => {
  expect(nextAfter(['a', 'b', 'c'], 'b')).toBe('c');
  expect(nextAfter(['a', 'b'], 'b')).toBe('a');
  expect(nextAfter(['a'], 'a')).toBeNull();
});
