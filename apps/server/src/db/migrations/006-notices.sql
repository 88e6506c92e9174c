-- Notices: who is told of what, what was told, by which channel, and how it was answered.

-- Who is told of what --------------------------------------------------------------------------------------------------

create table notice_rules (
  id                           text primary key,
  name                         text not null,
  role                         text not null,
  kinds                        text[],               -- null: every one
  least_severity               text not null check (least_severity in ('minor', 'serious', 'critical')),
  within_minutes_of_leaving    integer,
  answer_within_working_hours  double precision,
  escalate_to_role             text,
  enabled                      boolean not null default true
);

insert into notice_rules (id, name, role, kinds, least_severity, within_minutes_of_leaving, answer_within_working_hours, escalate_to_role) values
  ('site-gate', '工地出口:未覆盖、未冲洗、未备案', 'site-manager', '{uncovered-departure,unwashed-departure,unregistered-truck}', 'minor', null, 24, 'supervisor'),
  ('site-uncovered-load', '出场 15 分钟内未覆盖', 'site-manager', '{uncovered-load}', 'minor', 15, 24, 'supervisor'),
  ('site-spill', '抛洒、偷倒', 'site-manager', '{spill,illegal-dumping}', 'minor', null, 24, 'supervisor'),
  ('site-volume', '核准量已运 90 %、100 %', 'site-manager', '{volume-90,volume-100}', 'minor', null, null, null),
  ('company-trucks', '本企业车辆的严重告警', 'dispatcher', null, 'serious', null, 24, 'supervisor'),
  ('yard-wrong', '未按核准消纳', 'yard-keeper', '{wrong-yard}', 'minor', null, null, null);

-- How each person is told: their own choice. The page is always one of them and has no row.
create table notice_channels (
  id             text primary key,
  account_id     text not null references accounts (id) on delete cascade,
  kind           text not null check (kind in ('email', 'wecom', 'dingtalk', 'feishu', 'webhook', 'sms')),
  address        text not null,
  secret         text,                               -- what is signed with: it must be had in full
  least_severity text not null check (least_severity in ('minor', 'serious', 'critical')),
  enabled        boolean not null default true,
  last_error     text,
  created_at     timestamptz not null default now()
);
create index notice_channels_account on notice_channels (account_id);

create table notice_settings (
  account_id        text primary key references accounts (id) on delete cascade,
  quiet_hours       jsonb,
  messages_per_hour integer not null
);

-- Notices ----------------------------------------------------------------------------------------------------------------

create table notice_numbers (
  day  text primary key,                             -- of the city, YYYYMMDD
  last integer not null
);

create table notices (
  id          text primary key,                      -- made of the key: a repeated batch finds its own row
  key         text not null unique,                  -- incident and recipient; permit, level and recipient
  number      text not null unique,
  version     bigint not null,
  kind        text not null,
  severity    text not null check (severity in ('minor', 'serious', 'critical')),
  status      text not null check (status in ('open', 'acknowledged', 'rectified', 'objected', 'accepted', 'sent-back', 'withdrawn')),
  incident    text,
  alert_ids   text[] not null,
  lead_alert  text,                                  -- the gravest that stands: what the notice shows
  repeats     integer not null,
  late        boolean not null,
  account_id     text not null,
  recipient_name text not null,
  recipient_role text not null,
  rule_id        text,                               -- null: told by hand
  truck_id    text,
  plate       text,
  company_id  text,
  place_id    text,
  place       jsonb,                                 -- {id, kind, name} as it was called then
  site_id     text,                                  -- where the load came from
  district_id text,
  permit      jsonb,                                 -- {id, volumeM3, hauledM3, hauls, estimatedHauls}
  summary_zh  text not null,
  summary_en  text not null,
  lat         double precision,
  lon         double precision,
  began       timestamptz not null,
  opened_at   timestamptz not null,
  read_at     timestamptz,
  answer_hours     double precision,
  deadline         timestamptz,
  deadline_problem text,
  remind_at        timestamptz,                      -- null: reminded already, or never to be
  overdue          boolean not null default false,
  put_right_at     timestamptz,
  after_word       boolean,
  escalate_at      timestamptz,                      -- null: escalated already, or never to be
  escalate_to_role text,
  escalated_from   text,
  told_by          text
);
create index notices_opened on notices (opened_at desc, id desc);
create index notices_account on notices (account_id, opened_at desc);
create index notices_company on notices (company_id, opened_at desc);
create index notices_incident on notices (incident);
create index notices_alerts on notices using gin (alert_ids);
create index notices_escalate on notices (escalate_at) where escalate_at is not null and status = 'open';
create index notices_remind on notices (remind_at) where remind_at is not null;
create index notices_overdue on notices (deadline) where deadline is not null and not overdue;

create table notice_steps (
  notice_id text not null references notices (id) on delete cascade,
  at        timestamptz not null,
  step      text not null,
  by        text not null,
  text      text,
  photos    text[] not null default '{}',            -- by their hashes
  primary key (notice_id, at, step)
);

create table notice_photos (
  notice_id text not null references notices (id) on delete cascade,
  sha256    text not null,
  type      text not null,
  bytes     integer not null,
  at        timestamptz not null,
  by        text not null,
  primary key (notice_id, sha256)
);
create index notice_photos_sha256 on notice_photos (sha256);

-- The outbox: one message to one person by one channel -----------------------------------------------------------------------

create table notice_deliveries (
  id          text primary key,                      -- the receiver is told it too: made of notice, channel and telling
  notice_id   text references notices (id) on delete cascade, -- null: a digest
  account_id  text not null,
  channel     text not null check (channel in ('page', 'email', 'wecom', 'dingtalk', 'feishu', 'webhook', 'sms')),
  channel_id  text not null,                         -- 'page' for the page itself
  address     text not null,
  telling     text not null,                         -- why: opened, graver-critical, reminder, …; digest:<when>
  severity    text not null,
  urgent      boolean not null,                      -- passes quiet hours
  status      text not null check (status in ('queued', 'sending', 'sent', 'delivered', 'read', 'folded', 'held', 'given-up')),
  queued_at   timestamptz not null,
  next_at     timestamptz,
  claimed_at  timestamptz,
  sent_at     timestamptz,
  read_at     timestamptz,
  attempts    integer not null default 0,
  answer      text,
  folded_in   text,                                  -- telling of the digest that counted it
  digest      jsonb                                  -- what a digest says, settled when it is first sent
);
create index notice_deliveries_notice on notice_deliveries (notice_id);
create index notice_deliveries_due on notice_deliveries (next_at) where status in ('queued', 'held');
create index notice_deliveries_sending on notice_deliveries (claimed_at) where status = 'sending';
create index notice_deliveries_spent on notice_deliveries (account_id, sent_at) where channel <> 'page' and sent_at is not null;
create index notice_deliveries_folded on notice_deliveries (account_id) where status = 'folded' and folded_in is null;

-- Volumes are counted by permit.
create index hauls_permit on hauls (permit_id) where permit_id is not null;
