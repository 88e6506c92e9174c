import { cstring, errorReply, message, messagesIn, readReplies, ready, statementNameIn, text, withStatementName } from './wire-messages.js';

describe('messagesIn', () => {
  it('cuts whole messages and leaves a rest that is none', () => {
    const bytes = Buffer.concat([message('C', cstring('SELECT 1')), ready('I'), message('C', cstring('cut')).subarray(0, 7)]);
    expect([...messagesIn(bytes)].map((one) => one.toString('latin1'))).toEqual(['C\0\0\0\rSELECT 1\0', 'Z\0\0\0\x05I']);
  });
});

describe('readReplies', () => {
  it('takes notifications out and tells the state of the transaction', () => {
    const notification = message('A', Buffer.alloc(4), cstring('alerts'), cstring('17'));
    const { forClient, notifications, status, failed } = readReplies(Buffer.concat([message('C', cstring('INSERT 0 1')), notification, ready('T')]));
    expect(forClient).toEqual(Buffer.concat([message('C', cstring('INSERT 0 1')), ready('T')]));
    expect(notifications).toEqual([{ channel: 'alerts', bytes: notification }]);
    expect([status, failed]).toEqual(['T', false]);
  });

  it('tells an error, and an answer that does not end the unit', () => {
    expect(readReplies(errorReply('ERROR', '22012', 'division by zero'))).toMatchObject({ failed: true, status: null });
  });
});

describe('statementNameIn', () => {
  const parse = message('P', cstring('p'), cstring('select 1'), Buffer.alloc(2));
  const bind = message('B', cstring('portal'), cstring('p'), Buffer.alloc(6));
  const describeStatement = message('D', cstring('Sp'));
  const closeStatement = message('C', cstring('Sp'));

  it.each([parse, bind, describeStatement, closeStatement])('finds the name and puts another in its place', (bytes) => {
    const found = statementNameIn(bytes)!;
    expect(found.name).toBe('p');
    const renamed = withStatementName(bytes, found.offset, 'c7_p');
    expect(statementNameIn(renamed)?.name).toBe('c7_p');
    expect(withStatementName(renamed, found.offset, 'p')).toEqual(bytes);
  });

  it.each([
    message('P', cstring(''), cstring('select 1'), Buffer.alloc(2)),
    message('D', cstring('Pportal')),
    message('S'),
    message('E', cstring('portal'), Buffer.alloc(4)),
  ])('leaves messages alone that name no statement', (bytes) => {
    expect(statementNameIn(bytes)).toBeNull();
  });

  it('reads names that are not ASCII', () => {
    expect(text(message('Q', cstring(`select '渣土车'`)), 5)).toBe(`select '渣土车'`);
  });
});
