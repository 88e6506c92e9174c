import { isOutage } from './outage.js';

describe('isOutage', () => {
  it.each([
    { code: 'ECONNREFUSED' },
    { code: 'ENOENT', syscall: 'connect' },
    { code: '57P01', message: 'terminating connection due to administrator command' },
    { code: '57P03', message: 'the database system is starting up' },
    { code: '57014', message: 'canceling statement due to statement timeout' },
    { code: '08006' },
    { code: '53100', message: 'could not extend file: No space left on device' },
    { code: '53300', message: 'sorry, too many clients already' },
    { code: '40001' },
    { code: '40P01' },
    { code: '25006', message: 'cannot execute INSERT in a read-only transaction' },
    { code: '25P03' },
    { code: 'ENOSPC', syscall: 'write' },
    { code: 'EPERM', syscall: 'open' },
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Client has encountered a connection error and is not queryable'),
    new AggregateError([Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' })]),
    new Error('Could not store the batch.', { cause: { code: 'ECONNRESET' } }),
  ])('says that the database is away for %j', (error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([
    { code: '22P02', message: 'invalid input syntax for type integer' },
    { code: '22021', message: 'invalid byte sequence for encoding "UTF8": 0x00' },
    { code: '23505', message: 'duplicate key value violates unique constraint' },
    { code: '42P01', message: 'relation does not exist' },
    { code: '25P02', message: 'current transaction is aborted' },
    { code: 'XX000', message: 'internal error' },
    new TypeError('Cannot read properties of undefined'),
    null,
    'Connection terminated',
  ])('says that the work itself was refused for %j', (error) => {
    expect(isOutage(error)).toBe(false);
  });
});
