import { grantsOf } from './acl.js';

describe('what a client may do', () => {
  it('is its own ways up, and its own commands down', () => {
    const { up, down } = grantsOf({ kind: 'terminal', id: 't-1' });
    expect([...up]).toEqual(['muck/v1/terminals/t-1/reports', 'muck/v1/terminals/t-1/status', 'muck/v1/terminals/t-1/replies']);
    expect([...down]).toEqual(['muck/v1/terminals/t-1/commands']);
  });

  it('is sightings and status for a camera', () => {
    expect([...grantsOf({ kind: 'camera', id: 'c7' }).up]).toEqual(['muck/v1/cameras/c7/sightings', 'muck/v1/cameras/c7/status']);
  });

  it("is a camera's and Frigate's own topics for a Frigate; the rest of what it says goes nowhere", () => {
    const { up, down, unheard } = grantsOf({ kind: 'frigate', id: 'c7' });
    expect([...up]).toEqual(['muck/v1/cameras/c7/sightings', 'muck/v1/cameras/c7/status', 'frigate/events', 'frigate/tracked_object_update']);
    expect([...down]).toEqual(['muck/v1/cameras/c7/commands']);
    expect(unheard).toBe('frigate/');
    expect(grantsOf({ kind: 'camera', id: 'c7' }).unheard).toBeNull();
  });
});
