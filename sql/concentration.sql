-- Concentration of net: how few customers make how much of it.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint)  valid orders, local wall clock, money in minor units
--      params(as_of date, window_days integer, count_zero boolean)          the window is [as_of − window_days, as_of); null looks at all history
-- Out: one row: n_entities (with a purchase in the window), net_minor, positive_net_minor, n_without_net (with 0 or less), gini, and for 1, 10 and 20
--      percent of them, rounded up, those of greatest net: top_1, top_10, top_20 (net in minor units)
--
-- Gini Σ (2i − n − 1) xᵢ / (n Σ xᵢ), xᵢ the nets ascending, negative ones as 0; null where nobody has any.
with customers as (
  select customer_id, sum(net_minor) as net
  from orders cross join params
  where cast(local_time as date) < as_of
    and (window_days is null or date_diff('day', cast(local_time as date), as_of) <= window_days)
  group by customer_id, count_zero
  having sum(case when net_minor > 0 or count_zero then 1 else 0 end) > 0
),
ranked as (
  select net, greatest(net, 0) as x, row_number() over (order by net, customer_id) as i, count(*) over () as n from customers
)
select cast(count(*) as integer) as n_entities,
  cast(sum(net) as bigint) as net_minor,
  cast(sum(x) as bigint) as positive_net_minor,
  cast(sum(case when net <= 0 then 1 else 0 end) as integer) as n_without_net,
  case when sum(x) > 0 then cast(sum((2 * i - n - 1) * x) as double) / cast(max(n) * sum(x) as double) end as gini,
  cast(coalesce(sum(case when n - i < (n + 99) // 100 then x end), 0) as bigint) as top_1,
  cast(coalesce(sum(case when n - i < (10 * n + 99) // 100 then x end), 0) as bigint) as top_10,
  cast(coalesce(sum(case when n - i < (20 * n + 99) // 100 then x end), 0) as bigint) as top_20
from ranked
