import { copyFormat, copyFromBlob, copyFromStdin } from './copy-in.js';

describe('copyFromStdin', () => {
  it.each(['copy a from stdin', ' COPY "a" (b, c) FROM STDIN WITH (format csv);\n'])('takes %s', (sql) => {
    expect(copyFromStdin(sql)).toBe('copy');
  });

  it.each(['begin; copy a from stdin', 'copy a from stdin; commit', '/* rows */ copy a from stdin'])(
    'refuses %s, which the engine would not survive',
    (sql) => {
      expect(copyFromStdin(sql)).toBe('refused');
    },
  );

  it.each(['select 1', 'copy a to stdout', `copy a from '/tmp/a'`, 'select stdin from copy'])('leaves %s alone', (sql) => {
    expect(copyFromStdin(sql)).toBeNull();
  });

  it('offers the rows as the device that the engine has', () => {
    expect(copyFromBlob('copy a (b) from stdin with (format binary)')).toBe(`copy a (b) from '/dev/blob' with (format binary)`);
    expect(['copy a from stdin', 'copy a from stdin with (format binary)', 'copy a from stdin binary'].map(copyFormat)).toEqual(['text', 'binary', 'binary']);
  });
});
