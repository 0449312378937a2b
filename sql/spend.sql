-- Spend: money spent on growth, by the first day it was spent for.
--
-- In:  export(row bigint, period_start timestamp, amount, channel varchar, store_id varchar, kind varchar)
--        one row per row of the file, null where a column is not mapped; times as written, without a zone; amounts in currency units, any number type
--      ingest(utc_offset_minutes integer, utc_columns varchar[])   one row: the columns whose times are UTC
-- Out: one row per row of the file: row, reason, day, spend_minor, channel, store_id, kind. reason is null where the row is used.
-- Amounts are rounded half away from zero.
select row,
  case
    when period_start is null then 'null_time'
    when amount is null or isnan(cast(amount as double)) or isinf(cast(amount as double)) then 'null_amount'
    when abs(round(amount * 100)) > 9e13 then 'amount_out_of_range'
  end as reason,
  cast(period_start + (case when list_contains(utc_columns, 'period_start') then utc_offset_minutes else 0 end) * interval 1 minute as date) as day,
  case when not isnan(cast(amount as double)) then cast(round(amount * 100) as bigint) end as spend_minor,
  nullif(channel, '') as channel, nullif(store_id, '') as store_id, nullif(kind, '') as kind
from export cross join ingest
