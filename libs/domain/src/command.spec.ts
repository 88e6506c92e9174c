import { COMMAND_KINDS, COMMAND_STATUSES, COMMAND_TRANSITIONS, type CommandStatus, isControl, mayFollow, mayLimitLift } from './command.js';
import { MINUTE_MS } from './time.js';

describe('a command', () => {
  it('travels from the queue to the terminal and back', () => {
    expect(mayFollow('queued', 'sent') && mayFollow('sent', 'received') && mayFollow('received', 'done')).toBe(true);
  });

  it('that has expired is never sent, and one that is done stays done', () => {
    expect(mayFollow('expired', 'sent')).toBe(false);
    expect(mayFollow('done', 'failed')).toBe(false);
  });

  it('is never sent past the person who has to approve it', () => {
    expect(mayFollow('asked', 'sent')).toBe(false);
    expect(mayFollow('refused', 'queued')).toBe(false);
  });

  it('can reach every status', () => {
    const reached = new Set<CommandStatus>(['asked']);
    for (let size = 0; size < reached.size;) {
      size = reached.size;
      for (const status of [...reached]) COMMAND_TRANSITIONS[status].forEach((next) => reached.add(next));
    }
    expect([...reached].sort()).toEqual([...COMMAND_STATUSES].sort());
  });

  it('needs a second person only where it changes how the truck drives', () => {
    expect(COMMAND_KINDS.filter(isControl)).toEqual(['limit-lift', 'limit-speed']);
  });
});

describe('a lift limit', () => {
  const now = Date.parse('2026-11-28T22:00:00Z');

  it('goes to a truck that has stood for a minute', () => {
    expect(mayLimitLift(now - MINUTE_MS - 5_000, now - 5_000, now)).toBe(true);
  });

  it('waits while the truck moves, has only just stopped, or is not heard', () => {
    expect(mayLimitLift(null, now, now)).toBe(false);
    expect(mayLimitLift(now - 30_000, now, now)).toBe(false);
    expect(mayLimitLift(now - 10 * MINUTE_MS, now - 5 * MINUTE_MS, now)).toBe(false);
    expect(mayLimitLift(now - 10 * MINUTE_MS, null, now)).toBe(false);
  });
});
