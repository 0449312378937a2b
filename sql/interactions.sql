-- Interactions: chats, reviews and the like, some with a rating from 1 to 5.
--
-- In:  export(row bigint, customer_id varchar, "at" timestamp, kind varchar, rating)
--        one row per row of the file, null where a column is not mapped; times as written, without a zone; ratings of any number type
--      ingest(utc_offset_minutes integer, utc_columns varchar[])   one row: the columns whose times are UTC
-- Out: one row per row of the file: row, reason, customer_id, local_time, kind, rating. reason is null where the row is used; rating may be null.
with ratings as (select *, case when isnan(cast(rating as double)) then null else rating end as stars from export)
select row,
  case
    when coalesce(customer_id, '') = '' then 'null_customer'
    when "at" is null then 'null_time'
    when coalesce(kind, '') = '' then 'null_label'
    when stars is not null and stars not in (1, 2, 3, 4, 5) then 'rating_out_of_range'
  end as reason,
  customer_id,
  "at" + (case when list_contains(utc_columns, 'at') then utc_offset_minutes else 0 end) * interval 1 minute as local_time,
  kind, cast(stars as integer) as rating
from ratings cross join ingest
