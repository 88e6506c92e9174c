-- Pictures are files in DATA_DIR/media/sightings, named after what they hold; a row keeps the name. What stood in the rows is dropped: nothing was released
-- that had any.
alter table sightings
  add column picture_sha256 text,
  add column picture_bytes integer,
  add column picture_kept boolean not null default false, -- an alert rests on it: decided once, when it is 30 days old
  add column truck_id text,                               -- the registered truck that a readable plate named at that time
  add column plate_key text;                              -- a readable plate, spelt as plates are compared
update sightings set picture_type = null where picture_type is not null;
alter table sightings drop column picture;

drop index sightings_at;
create index sightings_at on sightings (at desc, camera_id desc, id desc);
create index sightings_camera on sightings (camera_id, at desc);
create index sightings_truck on sightings (truck_id, at);
create index sightings_plate on sightings (plate_key, at);
create index sightings_picture on sightings (picture_sha256) where picture_sha256 is not null;
create index sightings_picture_due on sightings (at) where picture_sha256 is not null and not picture_kept;
