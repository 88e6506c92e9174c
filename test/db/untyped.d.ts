// The little that the tests use of two packages that carry no types.
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';
  export function from(sql: string): Writable & Submittable;
  export function to(sql: string): Readable & Submittable;
}

declare module 'pg-cursor' {
  import type { Submittable } from 'pg';
  export default class Cursor<Row> implements Submittable {
    constructor(sql: string, values?: unknown[]);
    submit: Submittable['submit'];
    read(rows: number): Promise<Row[]>;
    close(): Promise<void>;
  }
}
