-- Everyone's own door: roles, what each account may see, and the districts of the city.

alter table accounts drop constraint accounts_role_check;
alter table accounts
  add constraint accounts_role_check check (role in ('admin', 'supervisor', 'operator', 'site-manager', 'dispatcher', 'yard-keeper', 'viewer')),
  -- null: not narrowed by this.
  add column district_ids text[],
  add column company_ids text[],
  add column place_ids text[],
  -- Second factor: the secret in force, one that is offered and not yet confirmed, and the last 30 s step whose code was taken (a code is good once).
  add column totp_secret text,
  add column totp_offered text,
  add column totp_last_step bigint;

alter table sessions add column last_used_at timestamptz not null default now(); -- coarse

-- A link that an admin hands over; good once.
create table password_resets (
  account_id   text primary key references accounts (id) on delete cascade,
  token_sha256 text not null unique,
  created_by   text not null,
  expires_at   timestamptz not null
);

-- What programs sign in with.
create table api_tokens (
  id           text primary key,
  token_sha256 text not null unique,
  account_id   text not null references accounts (id) on delete cascade,
  name         text not null,
  read_only    boolean not null,
  created_at   timestamptz not null default now(),
  created_by   text not null,
  last_used_at timestamptz,                          -- coarse
  expires_at   timestamptz,
  ended_at     timestamptz
);
create index api_tokens_account on api_tokens (account_id);

create table districts (
  id      text primary key,
  name    text not null,
  feature jsonb not null,                            -- the GeoJSON feature as it came, unknown properties too
  retired boolean not null default false
);

alter table companies add column district_id text references districts (id);
-- Computed where place and district are entered: the district that holds the middle of the place.
alter table places add column district_id text references districts (id);

alter table alerts
  add column site_id text,                           -- where the load came from
  add column district_id text;                       -- where it happened
update alerts a set site_id = h.site_id from hauls h where h.id = a.haul_id;
create index alerts_site on alerts (site_id, began desc) where site_id is not null;
create index alerts_district on alerts (district_id, began desc) where district_id is not null;
