-- Valid orders: what every row of an export comes to.
--
-- In:  export(row bigint, customer_id varchar, ordered_at timestamp, amount, order_id varchar, status varchar, refund_amount, store_id varchar,
--             channel varchar, fulfilment varchar, staff_id varchar, coupon_id varchar, is_presale varchar,
--             group_buy_id varchar, service_type varchar, inviter_id varchar, joined_at timestamp, promised_to timestamp,
--             picked_up_at timestamp, cost)
--        one row per row of the file, null where a column is not mapped; times as written, without a zone; amounts in currency units, any number type
--      ingest(utc_offset_minutes integer, utc_columns varchar[], excluded_statuses varchar[])   one row: the columns whose times are UTC
-- Out: one row per row of the file: row, reason, customer_id, local_time, net_minor, store_id, channel, fulfilment, staff_id, coupon_id,
--        is_presale, group_buy_id, service_type, inviter_id, joined_time, promised_time, picked_up_time, cost_minor, is_refunded.
--        reason is null where the row is used: `orders` of the metrics are those rows.
--
-- Reasons, the first that holds: excluded_status (case of ASCII letters and outer space do not matter), null_time, time_out_of_range (before 1900 or
-- after 2200), null_amount (NaN and infinite too), amount_out_of_range (beyond 9·10¹³ minor units, also the refund or the difference), null_customer
-- (the empty text too), duplicate_order (of the rows left with one order id the least by time, customer, net counts).
-- Amounts are rounded half away from zero; a missing refund is 0. Nobody invites themselves.
with amounts as (
  select *,
    round(amount * 100) as amount_minor,
    case when refund_amount is null or isnan(cast(refund_amount as double)) then 0 else round(refund_amount * 100) end as refund_minor
  from export
),
labels as (
  select *,
    nullif(customer_id, '') as customer, nullif(order_id, '') as order_key,
    nullif(store_id, '') as store, nullif(channel, '') as way, nullif(fulfilment, '') as reached, nullif(staff_id, '') as staff, nullif(coupon_id, '') as coupon,
    nullif(is_presale, '') as presale, nullif(group_buy_id, '') as group_buy, nullif(service_type, '') as service,
    case when inviter_id <> '' and inviter_id <> coalesce(customer_id, '') then inviter_id end as inviter,
    ordered_at + (case when list_contains(utc_columns, 'ordered_at') then utc_offset_minutes else 0 end) * interval 1 minute as local_time,
    joined_at + (case when list_contains(utc_columns, 'joined_at') then utc_offset_minutes else 0 end) * interval 1 minute as joined_time,
    promised_to + (case when list_contains(utc_columns, 'promised_to') then utc_offset_minutes else 0 end) * interval 1 minute as promised_time,
    picked_up_at + (case when list_contains(utc_columns, 'picked_up_at') then utc_offset_minutes else 0 end) * interval 1 minute as picked_up_time,
    case when not isnan(cast(cost as double)) then cast(round(cost * 100) as bigint) end as cost_minor
  from amounts cross join ingest
),
checked as (
  select *,
    case
      when list_contains(excluded_statuses, lower(trim(status))) then 'excluded_status'
      when ordered_at is null then 'null_time'
      when ordered_at < timestamp '1900-01-01' or ordered_at >= timestamp '2201-01-01' then 'time_out_of_range'
      when amount is null or isnan(cast(amount as double)) or isinf(cast(amount as double)) then 'null_amount'
      when abs(amount_minor) > 9e13 or abs(refund_minor) > 9e13 or abs(amount_minor - refund_minor) > 9e13 then 'amount_out_of_range'
      when customer is null then 'null_customer'
    end as reason
  from labels
),
ranked as (
  select *,
    row_number() over (
      partition by order_key, reason is null
      order by local_time, customer, amount_minor - refund_minor, coalesce(store, ''), coalesce(way, ''), coalesce(reached, ''),
        coalesce(staff, ''), coalesce(coupon, ''), coalesce(presale, ''), coalesce(group_buy, ''), coalesce(service, ''), coalesce(inviter, ''),
        joined_time nulls last, promised_time nulls last, picked_up_time nulls last, cost_minor nulls last, refund_minor > 0, row
    ) as nth
  from checked
)
select row,
  case when reason is null and order_key is not null and nth > 1 then 'duplicate_order' else reason end as reason,
  customer as customer_id, local_time, case when reason is null then cast(amount_minor - refund_minor as bigint) end as net_minor,
  store as store_id, way as channel, reached as fulfilment, staff as staff_id, coupon as coupon_id,
  presale as is_presale, group_buy as group_buy_id, service as service_type, inviter as inviter_id, joined_time,
  promised_time, picked_up_time, cost_minor, refund_minor > 0 as is_refunded
from ranked
order by row
