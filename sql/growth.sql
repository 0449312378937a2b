-- Growth accounting: who came, stayed, came back and left per period, in customers and in revenue.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint)  valid orders, local wall clock, money in minor units
--      params(granularity varchar, week_start integer, until date, count_zero boolean)   one row: day | week | month | quarter | year, first day of the
--        week (Monday 0), the exclusive end, and whether orders with net <= 0 count
-- Out: one row per period from the first order to `until`, ascending.
--
-- Per customer and period: net v, revenue u = max(v, 0), active = at least one order with net > 0, or with any where those of net <= 0 count.
--   new          active, for the first time
--   retained     active, and active the period before
--   resurrected  active, not active the period before, first active earlier
--   churned      not active, but active the period before
--   dormant      not active, not active the period before either, first active earlier
with seen as (
  select customer_id, cast(local_time as date) as day, net_minor, (net_minor > 0 or count_zero) as is_purchase
  from orders cross join params
  where cast(local_time as date) < until
),
days as (
  select unnest(generate_series((select min(day) from seen), (select until - interval 1 day from params), interval 1 day)) as day
),
starts as (
  select cast(day as date) as day,
    cast(case granularity
      when 'day' then day
      when 'week' then date_trunc('week', day - week_start * interval 1 day) + week_start * interval 1 day
      when 'month' then date_trunc('month', day)
      when 'quarter' then date_trunc('quarter', day)
      else date_trunc('year', day)
    end as date) as start
  from days cross join params
),
calendar as (
  select day, start, dense_rank() over (order by start) as t from starts
),
periods as (select distinct t, start from calendar),
activity as (
  select customer_id, t, sum(net_minor) as net, greatest(sum(net_minor), 0) as u, max(case when is_purchase then 1 else 0 end) as active
  from seen join calendar using (day)
  group by customer_id, t
),
buyers as (select customer_id, min(t) as first_t from activity where active = 1 group by customer_id),
spans as (
  -- every customer in every period from its first purchase on
  select b.customer_id, p.t, b.first_t, coalesce(a.active, 0) as active, coalesce(a.u, 0) as u
  from buyers b join periods p on p.t >= b.first_t
  left join activity a on a.customer_id = b.customer_id and a.t = p.t
),
states as (
  select *, lag(active, 1, 0) over (partition by customer_id order by t) as active_before,
            lag(case when active = 1 then u else 0 end, 1, 0) over (partition by customer_id order by t) as u_before
  from spans
),
money as (
  select t, sum(net) as reported_net, sum(u) as total, sum(net - u) as refund_adjust from activity group by t
),
counts as (
  select t,
    sum(active) as active,
    sum(case when active = 1 and first_t = t then 1 else 0 end) as new,
    sum(case when active = 1 and active_before = 1 then 1 else 0 end) as retained,
    sum(case when active = 1 and active_before = 0 and first_t < t then 1 else 0 end) as resurrected,
    sum(case when active = 0 and active_before = 1 then 1 else 0 end) as churned,
    sum(case when active = 0 and active_before = 0 and first_t < t then 1 else 0 end) as dormant,
    sum(case when active = 1 and first_t = t then u else 0 end) as new_revenue,
    sum(case when active = 1 and active_before = 1 then least(u, u_before) else 0 end) as retained_revenue,
    sum(case when active = 1 and active_before = 1 then greatest(u - u_before, 0) else 0 end) as expansion,
    sum(case when active = 1 and active_before = 1 then greatest(u_before - u, 0) else 0 end) as contraction,
    sum(case when active = 1 and active_before = 0 and first_t < t then u else 0 end) as resurrected_revenue,
    sum(case when active = 0 and active_before = 1 then u_before else 0 end) as churned_revenue
  from states group by t
)
select
  p.start as period_start,
  coalesce(c.active, 0) as active, coalesce(c.new, 0) as new, coalesce(c.retained, 0) as retained,
  coalesce(c.resurrected, 0) as resurrected, coalesce(c.churned, 0) as churned, coalesce(c.dormant, 0) as dormant,
  coalesce(m.total, 0) as total_revenue, coalesce(c.new_revenue, 0) as new_revenue, coalesce(c.retained_revenue, 0) as retained_revenue,
  coalesce(c.expansion, 0) as expansion, coalesce(c.contraction, 0) as contraction,
  coalesce(c.resurrected_revenue, 0) as resurrected_revenue, coalesce(c.churned_revenue, 0) as churned_revenue,
  coalesce(m.refund_adjust, 0) as refund_adjust, coalesce(m.reported_net, 0) as reported_net
from periods p left join counts c using (t) left join money m using (t)
order by period_start
