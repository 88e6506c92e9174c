import { spriteOf } from './sprites.js';

describe('the sprite of a truck', () => {
  it('shows its worst undecided alert while it alerts', () => {
    expect(spriteOf('alert', 'critical')).toBe('critical');
    expect(spriteOf('alert', null)).toBe('serious');
  });

  it('is its state otherwise: an old alert does not redden a truck that drives as it should', () => {
    expect(spriteOf('loaded', 'critical')).toBe('loaded');
    expect(spriteOf('silent', null)).toBe('silent');
  });
});
