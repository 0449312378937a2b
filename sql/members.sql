-- Members: who joined the private-domain pool, and left it; a person may join several times.
--
-- In:  export(row bigint, customer_id varchar, joined_at timestamp, left_at timestamp, staff_id varchar, source_store varchar,
--             source_channel varchar)
--        one row per row of the file, null where a column is not mapped; times as written, without a zone
--      ingest(utc_offset_minutes integer, utc_columns varchar[])   one row: the columns whose times are UTC
-- Out: one row per row of the file: row, reason, customer_id, joined_time, left_time, staff_id, source_store, source_channel.
--        reason is null where the row is used.
select row,
  case when coalesce(customer_id, '') = '' then 'null_customer' when joined_at is null then 'null_time' end as reason,
  customer_id,
  joined_at + (case when list_contains(utc_columns, 'joined_at') then utc_offset_minutes else 0 end) * interval 1 minute as joined_time,
  left_at + (case when list_contains(utc_columns, 'left_at') then utc_offset_minutes else 0 end) * interval 1 minute as left_time,
  nullif(staff_id, '') as staff_id, nullif(source_store, '') as source_store, nullif(source_channel, '') as source_channel
from export cross join ingest
