-- Reports are the log; everything else here can be computed from them again, people's decisions excepted.
create extension if not exists timescaledb;

-- Accounts and sessions ------------------------------------------------------------------------------------------------

create table accounts (
  id            text primary key,
  username      text not null unique,
  name          text not null,
  role          text not null check (role in ('admin', 'operator')),
  password_hash text not null,                       -- argon2id
  disabled      boolean not null default false,
  created_at    timestamptz not null default now()
);

create table sessions (
  token_sha256 text primary key,                     -- the token itself is never stored
  account_id   text not null references accounts (id) on delete cascade,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  user_agent   text
);
create index sessions_account on sessions (account_id);

-- The registry as it stands now. Its past is in world_versions. --------------------------------------------------------

create table companies (
  id          text primary key,
  name        text not null,
  credit_code text,
  phone       text,
  retired     boolean not null default false
);

create table trucks (
  id            text primary key,
  plate         text not null,
  company_id    text not null references companies (id),
  rated_load_kg double precision,
  box_m3        double precision,
  colour        text,
  retired       boolean not null default false
);
create unique index trucks_plate on trucks (plate) where not retired;

create table terminals (
  id            text primary key,
  truck_id      text not null references trucks (id),
  secret_sha256 text not null,
  retired       boolean not null default false
);

create table places (
  id         text primary key,
  kind       text not null check (kind in ('site', 'yard', 'parking-lot', 'wash-bay', 'no-go', 'speed-zone')),
  name       text not null,
  feature    jsonb not null,                         -- the GeoJSON feature as it came, unknown properties too
  retired    boolean not null default false
);

create table cameras (
  id            text primary key,
  place_id      text not null references places (id),
  name          text not null,
  kind          text not null check (kind in ('gate', 'frigate')),
  frigate_name  text,
  lon           double precision,
  lat           double precision,
  secret_sha256 text not null,
  retired       boolean not null default false
);

-- What a moment is judged by, as it stood at the moment's event time.
-- kind: place | truck | terminal | limits. `from_at` is when the version comes into force ('-infinity' for a first one without validFrom).
create table world_versions (
  kind       text not null check (kind in ('place', 'truck', 'terminal', 'limits')),
  id         text not null,
  version    integer not null,
  from_at    timestamptz not null,
  entered_at timestamptz not null default now(),
  entered_by text not null,
  reason     text,
  data       jsonb,                                  -- null: retired
  primary key (kind, id, version)
);

create table base_map (
  single  boolean primary key default true check (single),
  geojson jsonb not null
);

-- Reports: the log -------------------------------------------------------------------------------------------------------

create table reports (
  source        text not null,                       -- terminal
  at            timestamptz not null,                -- when the fix was taken
  digest        text not null,
  truck_id      text not null,
  heard_at      timestamptz not null,
  lat           double precision not null,
  lon           double precision not null,
  speed_kmh     double precision,
  heading_deg   double precision,
  altitude_m    double precision,
  accuracy_m    double precision,
  satellites    smallint,
  odometer_km   double precision,
  ignition      boolean,
  bed           text,
  bed_angle_deg double precision,
  cover         text,
  load_kg       double precision,
  load_state    text,
  seq           bigint,
  buffered      boolean not null,
  extra         jsonb,
  late          boolean not null,
  doubt         text                                 -- why it was not believed when it came; decided afresh when judged again
);
select create_hypertable('reports', by_range('at', interval '1 day'), create_default_indexes => false);
create unique index reports_key on reports (source, at, digest);
create index reports_truck on reports (truck_id, at desc);
-- By source, not by truck: the key can then be checked without decompressing, 0.1 ms a late row instead of 9–25 ms.
alter table reports set (timescaledb.compress, timescaledb.compress_segmentby = 'source', timescaledb.compress_orderby = 'at desc, digest');
select add_compression_policy('reports', interval '3 days');
select add_retention_policy('reports', interval '400 days');

create table sightings (
  camera_id   text not null,
  id          text not null,
  at          timestamptz not null,
  heard_at    timestamptz not null,
  kind        text not null,
  plate       text,
  sighting    jsonb not null,                        -- as decoded, without the picture
  picture     bytea,
  picture_type text,
  primary key (camera_id, id)
);
create index sightings_at on sightings (at);

create table quarantine (
  id          text not null,
  received_at timestamptz not null,
  topic       text not null,
  source      text,                                  -- terminal or camera, where the topic names one
  reason      text not null,
  detail      text not null,
  bytes       integer not null,
  sha256      text not null,
  payload     bytea not null                         -- the first 16 KiB
);
select create_hypertable('quarantine', by_range('received_at', interval '1 day'), create_default_indexes => false);
create unique index quarantine_key on quarantine (id, received_at);
create index quarantine_received on quarantine (received_at desc, id desc);
create index quarantine_reason on quarantine (reason, received_at desc);
select add_retention_policy('quarantine', interval '30 days');

-- State: one row a truck and hour, overwritten within the hour. The newest row is the snapshot, the others are checkpoints (3 days).
create table snapshots (
  subject text not null,
  hour    timestamptz not null,
  at      timestamptz not null,
  state   jsonb not null,
  primary key (subject, hour)
);

-- Trucks that wait to be judged again because late reports came.
create table judge_due (
  subject       text primary key,
  earliest_at   timestamptz not null,                -- event time of the earliest late report
  first_heard   timestamptz not null,
  last_heard    timestamptz not null
);

create table hauls (
  id           text primary key,
  truck_id     text not null,
  company_id   text,
  site_id      text,
  yard_id      text,
  departed_at  timestamptz not null,
  arrived_at   timestamptz,
  unloaded_at  timestamptz,
  ended_at     timestamptz,
  ended        text check (ended in ('delivered', 'dumped', 'unknown')),
  distance_km  double precision not null,
  peak_load_kg double precision,
  inferred     boolean not null
);
create index hauls_departed on hauls (departed_at desc, id desc);
create index hauls_truck on hauls (truck_id, departed_at desc);

-- Alerts -------------------------------------------------------------------------------------------------------------------

create table alerts (
  id           text primary key,                     -- rule:subject:scope:began
  -- What the page compares: grows when rules or people change the row. The rules' part is an absolute number of the batch, so that a batch can be repeated.
  rules_version  bigint not null,
  people_version integer not null default 0,
  version      bigint generated always as (rules_version + people_version) stored,
  incident     text not null,
  rule         text not null,
  scope        text not null,
  severity     text not null check (severity in ('minor', 'serious', 'critical')),
  truck_id     text,
  plate        text,
  company_id   text,
  haul_id      text,
  place_id     text,
  place        jsonb,                                -- {id, kind, name, distanceM} as it was called then
  began        timestamptz not null,
  ended        timestamptz,
  late         boolean not null,
  contradicted_at     timestamptz,
  contradicted_reason text,
  opened_at    timestamptz not null,
  lat          double precision not null,
  lon          double precision not null,
  evidence     jsonb not null,
  limits       jsonb not null,
  summary_zh   text not null,
  summary_en   text not null,
  -- People's columns: no statement of a batch ever touches them.
  status       text not null default 'open' check (status in ('open', 'acknowledged', 'confirmed', 'dismissed')),
  decided_by   text,
  decided_at   timestamptz,
  decided_why  text,
  -- Sealed evidence: copied 2 min after the episode ends or when a person confirms, so that the reports' retention cannot eat it.
  sealed_at     timestamptz,
  sealed_sha256 text
);
create index alerts_began on alerts (began desc, id desc);
create index alerts_truck on alerts (truck_id, began desc);
create index alerts_incident on alerts (incident);
create index alerts_undecided on alerts (began desc) where status in ('open', 'acknowledged');
create index alerts_unsealed on alerts (began) where sealed_at is null;

create table alert_steps (
  alert_id text not null references alerts (id) on delete cascade,
  at       timestamptz not null,
  by       text not null,
  step     text not null check (step in ('acknowledge', 'dismiss', 'confirm', 'reopen')),
  reason   text,
  primary key (alert_id, at)
);

create table alert_evidence (
  alert_id text primary key references alerts (id) on delete cascade,
  sealed_at timestamptz not null,
  sha256   text not null,
  document text not null                             -- the very text that was hashed
);
