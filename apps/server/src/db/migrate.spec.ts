import { pendingMigrations, readMigration } from './migrate.js';
import { splitStatements } from './split-sql.js';

describe('pendingMigrations', () => {
  const first = readMigration('001-first.sql', 'create table a ();\n');
  const second = readMigration('002-second.sql', 'create table b ();\n');

  it('is what the database has not had, in order', () => {
    expect(pendingMigrations([first, second], [])).toEqual([first, second]);
    expect(pendingMigrations([first, second], [first])).toEqual([second]);
  });

  it('refuses a file that was changed after it was applied, by its name', () => {
    const changed = readMigration('001-first.sql', 'create table a (id int);\n');
    expect(() => pendingMigrations([changed], [first])).toThrow('Migration 001-first.sql was changed');
  });

  it('takes other line ends for no change', () => {
    const windows = readMigration('001-first.sql', 'create table a ();\r\n');
    expect(pendingMigrations([windows], [first])).toEqual([]);
  });

  it('refuses to run an older program on a newer database', () => {
    expect(() => pendingMigrations([first], [first, second])).toThrow('has had migration 002-second.sql');
  });

  it('refuses a name without a number', () => {
    expect(() => readMigration('first.sql', '')).toThrow('first.sql is not named');
  });
});

describe('splitStatements', () => {
  it('cuts at semicolons, and leaves those in texts, names, bodies and comments', () => {
    const sql = `
      -- one; with a comment
      insert into a values (';', 'it''s; here');
      create function f() returns int language plpgsql as $body$ begin return 1; end $body$;
      /* nothing; here */ select ";" from "a;b";
      do $$ begin perform 1; end $$
      ;;
      -- the end;
    `;
    expect(splitStatements(sql).map((statement) => statement.replace(/^\s*(--.*\n\s*|\/\*.*\*\/\s*)/, '').slice(0, 12))).toEqual([
      'insert into ',
      'create funct',
      'select ";" f',
      'do $$ begin ',
    ]);
  });
});
