-- What was changed of each thing of the registry, by whom and when: every field, where world_versions keeps only what is judged by, and of companies and drivers
-- nothing. Written with the change, in its statement; never changed afterwards.
create table registry_edits (
  number  bigint generated always as identity primary key,
  kind    text not null,                             -- company | truck | driver | terminal | camera | place | route | permit | district
  id      text not null,
  at      timestamptz not null,
  by      text not null,                             -- the account's name to sign in with
  reason  text,
  what    text not null check (what in ('created', 'changed', 'retired', 'restored')),
  changes jsonb not null                             -- [{field, from, to}]; of a secret only that there is another, of a shape only how many points it has
);
create index registry_edits_thing on registry_edits (kind, id, number desc);
