-- What judging again, snoozes and the fleet rule need.

alter table alerts
  -- Event time of the moment that opened it: judging again from a later time says nothing of it.
  add column found_at timestamptz,
  -- The world it was judged by: when that is another by now, an edit may be why it is contradicted.
  add column world_version bigint not null default 0,
  add column contradicted_reason_zh text,
  -- The rules changed it after a person had decided it: it is back in the queue until somebody looks.
  add column changed_at timestamptz,
  add column snoozed boolean not null default false;
update alerts set found_at = began;
alter table alerts alter column found_at set not null;
create index alerts_truck_found on alerts (truck_id, found_at);
create index alerts_changed on alerts (changed_at) where changed_at is not null;

-- An alert that grew after its evidence was sealed is sealed again; the earlier seal stays.
alter table alert_evidence drop constraint alert_evidence_pkey;
alter table alert_evidence add primary key (alert_id, sealed_at);

alter table hauls
  add column permit_id text,
  -- Fuller data shows that this was no haul of its own; it is kept and counts no more.
  add column contradicted_at timestamptz;

create table snoozes (
  id         text primary key,
  truck_id   text not null,
  rule       text not null,
  until      timestamptz not null,
  reason     text not null,
  by         text not null,
  created_at timestamptz not null,
  ended_at   timestamptz                             -- ended early by a person
);
create index snoozes_until on snoozes (until);

-- Silence and outages under way: one value, so that a restart neither forgets nor tells them twice.
create table fleet_rule (
  single boolean primary key default true check (single),
  state  jsonb not null
);

alter table quarantine add column offered_at timestamptz;
