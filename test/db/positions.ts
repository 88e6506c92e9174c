/** A table like that of reports, twelve columns wide, for tests that need rows by the thousand. */
export const POSITIONS = `
  create table positions (
    at timestamptz not null, truck int not null, seq bigint not null, lat float8, lon float8, speed float4, heading float4,
    load_kg int, bed_deg float4, cover text, ignition boolean, extra jsonb);
  select create_hypertable('positions', by_range('at', interval '1 day'));
  create unique index positions_key on positions (truck, at, seq);
  alter table positions set (timescaledb.compress, timescaledb.compress_segmentby = 'truck', timescaledb.compress_orderby = 'at desc, seq')`;

export const INSERT_POSITIONS = `
  insert into positions
  select * from unnest($1::timestamptz[], $2::int[], $3::bigint[], $4::float8[], $5::float8[], $6::float4[], $7::float4[],
                       $8::int[], $9::float4[], $10::text[], $11::boolean[], $12::jsonb[])
  on conflict do nothing`;

const FIRST = Date.UTC(2026, 0, 1);

/** The twelve columns of rows number `from` and following: 200 trucks report every 10 minutes. */
export function positions(from: number, rows: number): unknown[][] {
  const columns: unknown[][] = Array.from({ length: 12 }, () => []);
  for (let seq = from; seq < from + rows; seq++) {
    const at = new Date(FIRST + Math.floor(seq / 200) * 600_000);
    const row = [at, seq % 200, seq, 31.69 + (seq % 97) / 1_000, 113.37, seq % 80, seq % 360, (seq * 7) % 20_000, 0.5, 'closed', true, '{}'];
    row.forEach((value, column) => columns[column]!.push(value));
  }
  return columns;
}
