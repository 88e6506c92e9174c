-- A yard's keeper refuses loads; what was delivered is counted by yard.

create table haul_refusals (
  haul_id text primary key references hauls (id) on delete cascade,
  at      timestamptz not null,
  by      text not null,
  reason  text not null
);
create index hauls_yard on hauls (yard_id, departed_at desc) where yard_id is not null;
