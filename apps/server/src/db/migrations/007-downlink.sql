-- What is asked of trucks: commands, every step of theirs, and what became of a violation after a word to its driver.

create table commands (
  id            text primary key,
  version       bigint not null,
  kind          text not null check (kind in ('speak', 'display', 'set-interval', 'capture', 'limit-lift', 'limit-speed', 'release')),
  status        text not null check (status in ('asked', 'refused', 'queued', 'sent', 'received', 'done', 'failed', 'unsupported', 'expired')),
  truck_id      text not null,
  plate         text not null,                       -- as it was then
  company_id    text,
  terminal_id   text not null,
  text          text,
  seconds       integer,
  kmh           double precision,
  alert_id      text,
  rule          text,                                -- of the alert
  reason        text,
  automatic     boolean not null default false,      -- a word that no person asked for
  asked_by      text not null,
  asked_by_id   text,                                -- account; null: the server itself
  asked_at      timestamptz not null,
  decided_by    text,
  decided_by_id text,
  decided_at    timestamptz,
  expires_at    timestamptz not null,
  releases_in_s integer,
  releases_at   timestamptz,
  released_by   text,                                -- the command that ends this control
  -- Written before it is handed to the broker: from then on the terminal may have it, whatever we could still write.
  tried_at      timestamptz,
  sent_at       timestamptz,                         -- last handed to the broker
  done_at       timestamptz,
  correct_until timestamptz,
  put_right_at  timestamptz,
  -- A control is in force, or may be, until then: refused, never sent, not done, or released.
  over_at       timestamptz,
  photo_sha256  text,
  photo_type    text,
  photo_bytes   integer
);
create index commands_asked on commands (asked_at desc, id desc);
create index commands_truck on commands (truck_id, asked_at desc);
create index commands_alert on commands (alert_id) where alert_id is not null;
create index commands_under_way on commands (asked_at) where status in ('asked', 'queued', 'sent', 'received');
create index commands_photo on commands (photo_sha256) where photo_sha256 is not null;
-- A release ends every limit of a truck: one at a time.
create unique index commands_control on commands (truck_id) where kind in ('limit-lift', 'limit-speed') and over_at is null;

create table command_steps (
  command_id text not null references commands (id) on delete cascade,
  n          integer not null,
  at         timestamptz not null,
  status     text not null,
  detail     text,
  primary key (command_id, n)
);

-- After a word to the driver; no statement of a batch's rules touches it.
alter table alerts
  add column put_right_at timestamptz,
  add column put_right_by text;                      -- the command that was the word
