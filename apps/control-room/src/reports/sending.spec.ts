import { stateOf, waysOf } from './sending.js';

it('a report comes by the page and by what its reader chose', () => {
  expect(waysOf({ channels: [] })).toEqual(['page']);
  expect(waysOf({ channels: ['email', 'wecom'] })).toEqual(['page', 'email', 'wecom']);
});

it('a message that was tried in vain says why, one that nobody has tried yet does not', () => {
  expect(stateOf({ status: 'delivered', answer: '200 {}' })).toBe('done');
  expect(stateOf({ status: 'queued', answer: null })).toBe('waiting');
  expect(stateOf({ status: 'held', answer: null })).toBe('waiting');
  expect(stateOf({ status: 'queued', answer: '451 not now' })).toBe('failed');
  expect(stateOf({ status: 'given-up', answer: null })).toBe('failed');
});
