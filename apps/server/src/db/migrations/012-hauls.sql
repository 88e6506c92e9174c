-- How long trucks wait at yards, and hauls looked back on: by site, with their alerts.

alter table hauls
  -- When the bed went up: since arrived_at, else since departed_at. Null: it did not, nobody said, or the haul is older than this column.
  add column bed_up_at timestamptz;

create index hauls_site on hauls (site_id, departed_at desc) where site_id is not null;
create index hauls_unloaded on hauls (unloaded_at desc) where unloaded_at is not null;
create index alerts_haul on alerts (haul_id) where haul_id is not null;
