-- Everyone's own door: roles, what each account may see, and the districts of the city.

alter table accounts drop constraint accounts_role_check;
alter table accounts
  add constraint accounts_role_check check (role in ('admin', 'supervisor', 'operator', 'site-manager', 'dispatcher', 'yard-keeper', 'viewer')),
  -- null: not narrowed by this.
  add column district_ids text[],
  add column company_ids text[],
  add column place_ids text[],
  add column totp_secret text;

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
create index alerts_site on alerts (site_id, began desc) where site_id is not null;
create index alerts_district on alerts (district_id, began desc) where district_id is not null;
