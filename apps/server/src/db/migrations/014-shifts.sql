-- Who has an incident in hand, and what one shift hands on to the next.

-- People's column, as `status` is: no statement of a batch touches it. When it was given stands in `alert_steps`. All alerts of an incident bear the same.
alter table alerts add column assignee_id text;
create index alerts_assignee on alerts (assignee_id) where assignee_id is not null and status in ('open', 'acknowledged');

alter table alert_steps drop constraint alert_steps_step_check;
alter table alert_steps add constraint alert_steps_step_check check (step in ('acknowledge', 'dismiss', 'confirm', 'reopen', 'assign'));

create table handovers (
  id           text primary key,
  -- Seen by whoever sees all of these districts; null: of the whole city.
  district_ids text[],
  since        timestamptz not null,                 -- the shift that is handed on began
  at           timestamptz not null,
  by_id        text not null,
  by           text not null,
  words        text,
  facts        jsonb not null,                       -- as they stood at that moment
  taken_by_id  text,
  taken_by     text,
  taken_at     timestamptz
);
create index handovers_at on handovers (at desc, id desc);
