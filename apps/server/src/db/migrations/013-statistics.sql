-- Statistics: what a month of reports says of their quality without reading the reports, when the platform was there, and the weekly reports that were made.

-- One row a terminal and UTC hour. No continuous aggregate: what is complete is told from each report and the one before it, which needs a window function,
-- and one truck-hour at a time leaves the embedded engine free in between.
create table truck_hours (
  source          text not null,
  hour            timestamptz not null,
  truck_id        text not null,
  reports         integer not null,
  valid           integer not null,                  -- without a doubt
  jumps           integer not null,
  late            integer not null,
  buffered        integer not null,
  minutes         integer not null,                  -- in which a valid report was taken
  km              double precision not null,         -- from the valid report before, up to a day ago, to each of the hour
  complete_km     double precision not null,         -- of these, without gaps
  sensor_slots    integer not null,
  sensor_unknown  integer not null,
  latency         integer[] not null,                -- live reports by class
  primary key (source, hour, truck_id)
);
create index truck_hours_hour on truck_hours (hour);
create index truck_hours_truck on truck_hours (truck_id);

-- Hours to be counted: all as they end, and again where reports came or doubts changed after. `asked` tells a row that was asked for anew while it was counted.
create table truck_hours_due (
  source text not null,
  hour   timestamptz not null,
  asked  integer not null default 0,
  follows boolean not null default true,             -- the hour after it may rest on its last report: count that too
  primary key (source, hour)
);
create table truck_hours_until (
  single boolean primary key default true check (single),
  until  timestamptz not null                        -- hours before it have been asked for
);

-- When reports could be taken: one row a stretch, written every half minute.
create table platform_stretches (
  began timestamptz primary key,
  until timestamptz not null
);

-- The numbers as they stood when the report was made; paper and spreadsheet are drawn from them.
create table weekly_reports (
  week    text primary key,                          -- ISO 8601, of the city's calendar
  from_at timestamptz not null,
  to_at   timestamptz not null,
  made_at timestamptz not null,
  numbers jsonb not null
);
