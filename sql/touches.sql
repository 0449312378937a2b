-- Touches: messages and coupons sent to customers, and who was held back as control.
--
-- In:  export(row bigint, customer_id varchar, sent_at timestamp, touch_id varchar, channel varchar, coupon_id varchar, expires_at timestamp,
--             redeemed_at timestamp, order_id varchar, is_control varchar)
--        one row per row of the file, null where a column is not mapped; times as written, without a zone
--      ingest(utc_offset_minutes integer, utc_columns varchar[])   one row: the columns whose times are UTC
-- Out: one row per row of the file: row, reason, customer_id, sent_time, coupon_id, expires_time, redeemed_time, is_control.
--        reason is null where the row is used; a flag that is not there is no.
with flags as (select *, lower(trim(coalesce(is_control, ''))) as flag from export)
select row,
  case
    when coalesce(customer_id, '') = '' then 'null_customer'
    when sent_at is null then 'null_time'
    when flag not in ('', 'true', '1', 'yes', 'y', '是', '对照', 'false', '0', 'no', 'n', '否', '非对照') then 'unreadable_flag'
  end as reason,
  customer_id,
  sent_at + (case when list_contains(utc_columns, 'sent_at') then utc_offset_minutes else 0 end) * interval 1 minute as sent_time,
  nullif(coupon_id, '') as coupon_id,
  expires_at + (case when list_contains(utc_columns, 'expires_at') then utc_offset_minutes else 0 end) * interval 1 minute as expires_time,
  redeemed_at + (case when list_contains(utc_columns, 'redeemed_at') then utc_offset_minutes else 0 end) * interval 1 minute as redeemed_time,
  flag in ('true', '1', 'yes', 'y', '是', '对照') as is_control
from flags cross join ingest
