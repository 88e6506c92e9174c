-- The working-time calendar, the audit, and what a joined broker needs to know of secrets.

create table working_hours (
  single   boolean primary key default true check (single),
  hours    jsonb not null,
  weekdays integer[] not null                        -- 1 = Monday
);

-- Years that were published; nothing is counted through another. Days are texts: they are the city's, not an instant.
create table working_years (
  year     integer primary key,
  holidays text[] not null,
  workdays text[] not null,
  names    jsonb not null default '{}',              -- what a day is called, by the day
  source   text not null
);

-- Who did what. Rows and seals are only ever added; how they are hashed is said in audit/audit-chain.ts.
create table audit_rows (
  seq        bigint primary key,                     -- from 1, without gaps
  at         timestamptz not null,
  account_id text,
  username   text,
  role       text,
  address    text,
  action     text not null,
  target     text,
  status     integer,
  detail     text,                                   -- JSON, the very text that was hashed
  hash       text not null
);
create index audit_rows_username on audit_rows (username, seq desc);

create table audit_seals (
  number    bigint primary key,                      -- from 1, without gaps
  at        timestamptz not null,
  first_seq bigint not null unique,
  last_seq  bigint not null,
  sha256    text not null
);

create function audit_only_grows() returns trigger language plpgsql as
$$ begin raise exception 'The audit only grows: % of % is refused.', lower(tg_op), tg_table_name using errcode = 'insufficient_privilege'; end $$;
create trigger audit_rows_only_grow before update or delete or truncate on audit_rows for each statement execute function audit_only_grows();
create trigger audit_seals_only_grow before update or delete or truncate on audit_seals for each statement execute function audit_only_grows();

-- Mosquitto cannot check a secret against our SHA-256: what it can is made when the secret is. Null: the secret is from before, or is kept as it was.
alter table terminals add column mosquitto_hash text;
alter table cameras add column mosquitto_hash text;
