-- Permits, routes and drivers; and cameras are versioned from now on.

create table drivers (
  id         text primary key,
  name       text not null,
  company_id text not null references companies (id),
  phone      text,
  licence    text,
  retired    boolean not null default false
);

create table routes (
  id      text primary key,
  name    text not null,
  feature jsonb not null,                            -- the GeoJSON feature as it came, unknown properties too
  retired boolean not null default false
);

create table permits (
  id         text primary key,
  company_id text not null references companies (id),
  site_id    text not null references places (id),
  yard_ids   text[] not null,
  truck_ids  text[] not null,                        -- empty: every truck of the company
  route_ids  text[] not null,                        -- empty: any way is approved
  hours      jsonb,                                  -- null: always
  valid_from timestamptz,
  valid_to   timestamptz,
  volume_m3  double precision,
  retired    boolean not null default false
);
create index permits_company on permits (company_id);
create index permits_site on permits (site_id);

-- kind: place | truck | terminal | camera | permit | route | limits
alter table world_versions drop constraint world_versions_kind_check;
alter table world_versions add constraint world_versions_kind_check
  check (kind in ('place', 'truck', 'terminal', 'camera', 'permit', 'route', 'limits'));

-- A camera has stood where it stands for as long as it has been known; one that is retired is out of use from now on at the latest.
insert into world_versions (kind, id, version, from_at, entered_by, data)
  select 'camera', id, 1, '-infinity', '(migration)', jsonb_build_object('placeId', place_id, 'lon', lon, 'lat', lat) from cameras
  union all
  select 'camera', id, 2, now(), '(migration)', null from cameras where retired;
