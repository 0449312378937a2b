-- Migration: how many customers went from which RFM segment on one day to which on a later one, and their net between the two.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint, inviter_id varchar, joined_time timestamp)  valid orders, local wall clock
--      scored_from, scored_to: the rows of rfm.sql as of each of the days, with the segment each is in as `segment`
--      params, one row:
--        from_day date, to_day date  the as-of days
--        frozen boolean              whether the later day's values are scored by the cut-points of the earlier one, and put into the segments of the grid;
--                                    the modes of all axes are then midrank, of frequency also one_plus_quartile
--        frequency_mode varchar      as in rfm.sql
--        count_zero boolean          whether orders with net <= 0 are purchases
--        count_members boolean       whether joining makes a customer known (not under a filter)
-- Out: one row per flow, by source and target: source, target, n_customers, net_minor
--
-- A customer scored on a day is in a segment; one with purchases before the window only is `lapsed_out`; one known by then is one of
-- the `prospects`; the others are `not_yet` there. Whoever is not known on the later day is left out.
-- Frozen: a score is the best of the earlier day's whose customers have no better a value; else 1. For frequency by one_plus_quartile at least 2 from 2 on.
with people as (
  select customer_id from orders
  union
  select inviter_id from orders where inviter_id is not null
),
facts as (
  select people.customer_id,
    min(case when orders.net_minor > 0 or count_zero then cast(orders.local_time as date) end) as first_purchase,
    min(cast(orders.local_time as date)) as first_order,
    min(case when count_members then cast(orders.joined_time as date) end) as joined,
    coalesce(sum(case when cast(orders.local_time as date) >= from_day and cast(orders.local_time as date) < to_day then orders.net_minor end), 0) as net_minor
  from people left join orders on orders.customer_id = people.customer_id cross join params
  group by people.customer_id
),
invited as (select inviter_id as customer_id, min(cast(local_time as date)) as first_invited from orders where inviter_id is not null group by inviter_id),
known as (
  select facts.*, least(first_order, joined, first_invited) as first_known
  from facts left join invited on invited.customer_id = facts.customer_id
),
by_earlier as (
  select customer_id,
    coalesce((select max(r) from scored_from as earlier where earlier.recency_days >= later.recency_days), 1) as r,
    case
      when frequency_mode = 'one_plus_quartile' and later.frequency = 1 then 1
      else greatest(
        coalesce((select max(f) from scored_from as earlier where earlier.frequency <= later.frequency), 1),
        case when frequency_mode = 'one_plus_quartile' then 2 else 1 end)
    end as f,
    coalesce((select max(m) from scored_from as earlier where earlier.monetary_minor <= later.monetary_minor), 1) as m
  from scored_to as later cross join params
  where frozen
),
levels as (select customer_id, r, cast((f + m + 1) // 2 as integer) as fm from by_earlier),
after as (
  select customer_id, segment from scored_to cross join params where not frozen
  union all
  select customer_id, case
      when r = 5 then case when fm >= 4 then 'champions' when fm >= 2 then 'active' else 'new' end
      when r = 4 then case when fm >= 4 then 'loyal' when fm >= 2 then 'active' else 'promising' end
      when r = 3 then case when fm >= 4 then 'loyal' when fm = 3 then 'needs_attention' else 'almost_lost' end
      else case when fm = 5 then 'previously_loyal' when fm >= 3 then 'at_risk' else 'dormant' end
    end
  from levels
),
states as (
  select known.customer_id, known.net_minor,
    case
      when scored_from.customer_id is not null then scored_from.segment
      when first_purchase < from_day then 'lapsed_out'
      when first_known < from_day then 'prospects'
      else 'not_yet'
    end as source,
    case
      when after.customer_id is not null then after.segment
      when first_purchase < to_day then 'lapsed_out'
      when first_known < to_day then 'prospects'
      else 'not_yet'
    end as target
  from known
  left join scored_from on scored_from.customer_id = known.customer_id
  left join after on after.customer_id = known.customer_id
  cross join params
)
select source, target, cast(count(*) as integer) as n_customers, cast(sum(net_minor) as bigint) as net_minor
from states
where target <> 'not_yet'
group by source, target
order by source, target
