-- The weekly report goes to those who want it.

alter table notice_settings add column weekly_report boolean not null default false;

-- Null: nobody has been told of it yet. Those that were made before there was anybody to tell are told to nobody.
alter table weekly_reports add column told_at timestamptz;
update weekly_reports set told_at = made_at;

-- The numbers of those who see a part of the city, as they stood when they were sent: a mail that is sent again says the same.
create table weekly_report_parts (
  week         text not null references weekly_reports (week) on delete cascade,
  scope_sha256 text not null,                        -- of what may be seen, in fixed order
  numbers      jsonb not null,
  primary key (week, scope_sha256)
);

-- A message that brings a report belongs to no notice, as a digest does not.
alter table notice_deliveries add column report_week text;
create index notice_deliveries_reports on notice_deliveries (report_week, account_id) where report_week is not null;
