-- Growth accounting by a rolling window: for each day the days up to and with it, against as many days before them.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint)  valid orders, local wall clock, money in minor units
--      params(days integer, until date, count_zero boolean)                 one row: days of the window, the exclusive end, whether net <= 0 counts
-- Out: one row per day from the first order to `until`, ascending.
--
-- Per customer and day: net v of the window, revenue u = max(v, 0), active = at least one order with net > 0 in it; the same of the window before.
--   new          active, nothing before the window
--   retained     active, and active in the window before
--   resurrected  active, not active in the window before, active earlier
--   churned      not active, but active in the window before
--   dormant      not active, not active in the window before either, active earlier
with seen as (
  select customer_id, cast(local_time as date) as day, net_minor, case when net_minor > 0 or count_zero then 1 else 0 end as is_purchase
  from orders cross join params
  where cast(local_time as date) < until
),
ends as (
  select unnest(generate_series((select min(day) from seen), (select until - interval 1 day from params), interval 1 day)) as day
),
windows as (
  select cast(day as date) as ends_on from ends
),
daily as (
  select customer_id, day, sum(net_minor) as net, max(is_purchase) as bought from seen group by customer_id, day
),
buyers as (select customer_id, min(day) as first_day from daily where bought = 1 group by customer_id),
spans as (
  select w.ends_on, d.customer_id,
    sum(case when date_diff('day', d.day, w.ends_on) < days then net else 0 end) as net,
    sum(case when date_diff('day', d.day, w.ends_on) < days then 0 else net end) as net_before,
    max(case when date_diff('day', d.day, w.ends_on) < days then bought else 0 end) as active,
    max(case when date_diff('day', d.day, w.ends_on) < days then 0 else bought end) as active_before
  from windows w cross join params
  join daily d on d.day <= w.ends_on and date_diff('day', d.day, w.ends_on) < 2 * days
  group by w.ends_on, d.customer_id
),
states as (
  select s.*, greatest(net, 0) as u, case when active_before = 1 then greatest(net_before, 0) else 0 end as u_before,
    case when active = 1 and active_before = 0 and date_diff('day', first_day, ends_on) < days then 1 else 0 end as is_new
  from spans s left join buyers using (customer_id) cross join params
),
counts as (
  select ends_on,
    sum(active) as active,
    sum(is_new) as new,
    sum(case when active = 1 and active_before = 1 then 1 else 0 end) as retained,
    sum(case when active = 1 and active_before = 0 and is_new = 0 then 1 else 0 end) as resurrected,
    sum(case when active = 0 and active_before = 1 then 1 else 0 end) as churned,
    sum(u) as total_revenue,
    sum(net - u) as refund_adjust,
    sum(net) as reported_net,
    sum(case when is_new = 1 then u else 0 end) as new_revenue,
    sum(case when active = 1 and active_before = 1 then least(u, u_before) else 0 end) as retained_revenue,
    sum(case when active = 1 and active_before = 1 then greatest(u - u_before, 0) else 0 end) as expansion,
    sum(case when active = 1 and active_before = 1 then greatest(u_before - u, 0) else 0 end) as contraction,
    sum(case when active = 1 and active_before = 0 and is_new = 0 then u else 0 end) as resurrected_revenue,
    sum(case when active = 0 and active_before = 1 then u_before else 0 end) as churned_revenue
  from states
  group by ends_on
),
to_date as (select ends_on, count(customer_id) as customers_to_date from windows left join buyers on first_day <= ends_on group by ends_on)
select w.ends_on as period_start,
  coalesce(c.active, 0) as active, coalesce(c.new, 0) as new, coalesce(c.retained, 0) as retained, coalesce(c.resurrected, 0) as resurrected,
  coalesce(c.churned, 0) as churned, t.customers_to_date - coalesce(c.active, 0) - coalesce(c.churned, 0) as dormant,
  coalesce(c.total_revenue, 0) as total_revenue, coalesce(c.new_revenue, 0) as new_revenue, coalesce(c.retained_revenue, 0) as retained_revenue,
  coalesce(c.expansion, 0) as expansion, coalesce(c.contraction, 0) as contraction, coalesce(c.resurrected_revenue, 0) as resurrected_revenue,
  coalesce(c.churned_revenue, 0) as churned_revenue, coalesce(c.refund_adjust, 0) as refund_adjust, coalesce(c.reported_net, 0) as reported_net
from windows w join to_date t using (ends_on) left join counts c using (ends_on)
order by w.ends_on
