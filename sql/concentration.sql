-- Concentration of net: how few customers, or stores, make how much of it.
--
-- In:  orders(customer_id varchar, store_id varchar, staff_id varchar, local_time timestamp, net_minor bigint)  valid orders, local wall clock, money in minor units
--      params, one row:
--        entity varchar       whose net: customer | store | staff
--        as_of date, window_days integer  the window is [as_of − window_days, as_of); null looks at all history
--        count_zero boolean   whether orders with net <= 0 are purchases
-- Out: one row: n_entities (with a purchase in the window), net_minor, positive_net_minor, n_without_net (with 0 or less), left_out_net_minor (of orders that
--      name no entity, or one without a purchase), gini, and for 1, 10 and 20 percent of them, rounded up, those of greatest net: top_1, top_10, top_20
--      (net in minor units)
--
-- Gini Σ (2i − n − 1) xᵢ / (n Σ xᵢ), xᵢ the nets ascending, negative ones as 0; null where nobody has any.
with seen as (
  select case entity when 'store' then store_id when 'staff' then staff_id else customer_id end as entity_id, net_minor, (net_minor > 0 or count_zero) as is_purchase
  from orders cross join params
  where cast(local_time as date) < as_of
    and (window_days is null or date_diff('day', cast(local_time as date), as_of) <= window_days)
),
entities as (
  select entity_id, sum(net_minor) as net
  from seen
  where entity_id is not null
  group by entity_id
  having sum(case when is_purchase then 1 else 0 end) > 0
),
ranked as (
  select net, greatest(net, 0) as x, row_number() over (order by net, entity_id) as i, count(*) over () as n from entities
)
select cast(count(*) as integer) as n_entities,
  cast(sum(net) as bigint) as net_minor,
  cast(sum(x) as bigint) as positive_net_minor,
  cast(sum(case when net <= 0 then 1 else 0 end) as integer) as n_without_net,
  cast((select coalesce(sum(net_minor), 0) from seen) - sum(net) as bigint) as left_out_net_minor,
  case when sum(x) > 0 then cast(sum((2 * i - n - 1) * x) as double) / cast(max(n) * sum(x) as double) end as gini,
  cast(coalesce(sum(case when n - i < (n + 99) // 100 then x end), 0) as bigint) as top_1,
  cast(coalesce(sum(case when n - i < (10 * n + 99) // 100 then x end), 0) as bigint) as top_10,
  cast(coalesce(sum(case when n - i < (20 * n + 99) // 100 then x end), 0) as bigint) as top_20
from ranked
