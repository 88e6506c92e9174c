import {
  COMMAND_KINDS,
  COMMAND_STATUSES,
  COMMAND_TRANSITIONS,
  type CommandStatus,
  isControl,
  mayFollow,
  mayLimitLift,
  type Standing,
  stepStanding,
  takeReply,
} from './command.js';
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

describe('how long a truck has stood', () => {
  const at = Date.parse('2026-11-28T22:00:00Z');
  const heard = (reports: [s: number, speedKmh: number | null][]) =>
    reports.reduce<Standing | null>((before, [s, speedKmh]) => stepStanding(before, { at: at + s * 1_000, speedKmh }), null)!;

  it('is counted from the first report that said so', () => {
    const standing = heard([
      [0, 30],
      [10, 0],
      [40, 1.2],
      [75, 0],
    ]);
    expect(standing).toEqual({ stoodSince: at + 10_000, lastHeardAt: at + 75_000 });
    expect(mayLimitLift(standing.stoodSince, standing.lastHeardAt, at + 80_000)).toBe(true);
  });

  it('begins anew when it moves, says no speed, or was not heard for long', () => {
    expect(heard([[0, 0], [10, 12], [20, 0]]).stoodSince).toBe(at + 20_000); // prettier-ignore
    expect(heard([[0, 0], [10, null]]).stoodSince).toBeNull(); // prettier-ignore
    expect(heard([[0, 0], [130, 0]]).stoodSince).toBe(at + 130_000); // prettier-ignore
  });

  it('is not changed by what comes late', () => {
    expect(heard([[0, 0], [60, 0], [30, 50]])).toEqual({ stoodSince: at, lastHeardAt: at + 60_000 }); // prettier-ignore
  });
});

describe('an answer', () => {
  const sent = { status: 'sent' as CommandStatus, triedAt: 1, said: [] as { status: CommandStatus; detail: string | null }[] };

  it('moves its command on, also where it overtook our own note that it was sent', () => {
    expect(takeReply(sent, { status: 'received', detail: null })).toBe('step');
    expect(takeReply({ ...sent, status: 'queued' }, { status: 'done', detail: null })).toBe('step');
  });

  it('that cannot follow is kept beside it, once', () => {
    const done = { ...sent, status: 'done' as const, said: [{ status: 'done' as const, detail: null }] };
    expect(takeReply(done, { status: 'failed', detail: 'no voice' })).toBe('note');
    expect(takeReply({ ...done, said: [...done.said, { status: 'failed', detail: 'no voice' }] }, { status: 'failed', detail: 'no voice' })).toBe('known');
    expect(takeReply({ ...sent, status: 'expired' }, { status: 'done', detail: null })).toBe('note');
  });

  it('that is delivered twice is one', () => {
    expect(takeReply({ ...sent, status: 'received', said: [{ status: 'received', detail: null }] }, { status: 'received', detail: null })).toBe('known');
  });

  it('to what was never sent is none', () => {
    expect(takeReply({ ...sent, status: 'queued', triedAt: null }, { status: 'done', detail: null })).toBe('never-sent');
  });
});
