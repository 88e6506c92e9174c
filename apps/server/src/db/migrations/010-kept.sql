-- What was hauled on a permit is counted for every page of permits: from the index alone.
create index hauls_counted on hauls (permit_id, truck_id) where ended = 'delivered' and contradicted_at is null and permit_id is not null;
drop index hauls_permit;

-- Digests belong to no notice that would take them with it.
create index notice_deliveries_digests on notice_deliveries (queued_at) where notice_id is null;

-- What waits on a page that nobody has opened yet.
create index notice_deliveries_waiting on notice_deliveries (account_id) where channel = 'page' and status = 'sent';
