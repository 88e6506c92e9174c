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
