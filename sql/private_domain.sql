-- The private-domain metrics that no other file has: buying again, net per buyer and order, what touched members bring, pickups, leaders.
--
-- In:  calendar, pool_members    the rows of periods.sql and pool_members.sql
--      orders(customer_id varchar, local_time timestamp, net_minor bigint, fulfilment varchar, staff_id varchar, is_refunded boolean),
--      touches(customer_id, sent_time timestamp, is_control boolean)    valid rows, local wall clock of one UTC offset
--      params(window_days integer, …)   one row
-- Out: metric, period_start, num, den:
--        repeat_in_window            customers with at least two purchases in the window_days days up to the end of t / those with one
--        repeat_after_first_30, _60, _90   first buyers of t whose second purchase came within so many days / first buyers of t
--        value_per_buyer, aov        net of the orders of t / customers with a purchase in t; / purchases of t
--        pool_gmv_tree               net of purchases in t of members touched in t (den 1), which is the product of
--        pool_gmv_members, pool_gmv_reach, pool_gmv_response, pool_gmv_orders, pool_gmv_aov
--        pickup_rate                 orders of t picked up / orders of t; labels as in service.sql
--        refund_order_rate           orders of t of which something was refunded / purchases and refunded orders of t
--        leader_active_rate          leaders with a purchase in t / leaders to date
--        orders_per_active_leader    purchases of t that name a leader / leaders with one
--        leader_gmv_share_top10pct   net of the 10 % of leaders, rounded up, with the most in t / net of the leaders with net > 0 in t
--        leader_retention            leaders with a purchase in t - 1 and in t / leaders with one in t - 1
--        leader_buyer_repeat         buyers of a leader with two purchases from them in the window / with one, over all leaders
--
-- A purchase is an order with net > 0. A leader is whom staff_id names.
with seen as (select o.*, c.period_start, cast(o.local_time as date) as day from orders o join calendar c on c.day = cast(o.local_time as date)),
purchases as (select *, row_number() over (partition by customer_id order by local_time, net_minor) as nth from seen where net_minor > 0),
periods as (
  select period_start, period_end, seen_end, lag(period_start) over (order by period_start) as before_start
  from (select distinct period_start, period_end, seen_end from calendar) as p
),
in_windows as (
  select p.period_start, o.customer_id, count(*) as n
  from periods p cross join params join purchases o on o.day < p.period_end and o.day >= p.period_end - window_days
  group by p.period_start, o.customer_id
),
in_leader_windows as (
  select p.period_start, o.staff_id, o.customer_id, count(*) as n
  from periods p cross join params join purchases o on o.day < p.period_end and o.day >= p.period_end - window_days
  where o.staff_id is not null
  group by p.period_start, o.staff_id, o.customer_id
),
firsts as (
  select f.period_start, date_diff('microsecond', f.local_time, s.local_time) as wait_us
  from purchases f left join purchases s on s.customer_id = f.customer_id and s.nth = 2
  where f.nth = 1
),
sums as (
  select period_start, sum(net_minor) as net, count(distinct case when net_minor > 0 then customer_id end) as buyers,
    count(*) filter (where net_minor > 0) as purchases, count(*) as orders,
    count(*) filter (where is_refunded) as refunded, count(*) filter (where is_refunded or net_minor > 0) as refundable,
    count(*) filter (where replace(replace(replace(lower(fulfilment), ' ', ''), '_', ''), '-', '') like '%pickup%'
      or replace(fulfilment, ' ', '') like '%自提%') as pickups
  from seen group by period_start
),
members as (select distinct period_start, customer_id from pool_members where is_member),
reached as (
  select distinct m.period_start, m.customer_id
  from members m join touches x on x.customer_id = m.customer_id join calendar c on c.day = cast(x.sent_time as date) and c.period_start = m.period_start
  where not x.is_control
),
tree as (
  select p.period_start,
    (select count(*) from members m where m.period_start = p.period_start) as members,
    (select count(*) from reached r where r.period_start = p.period_start) as reached,
    (select count(distinct o.customer_id) from reached r join purchases o using (period_start, customer_id) where r.period_start = p.period_start) as responders,
    (select count(*) from reached r join purchases o using (period_start, customer_id) where r.period_start = p.period_start) as orders,
    (select coalesce(sum(o.net_minor), 0) from reached r join purchases o using (period_start, customer_id) where r.period_start = p.period_start) as net
  from periods p
),
leaders as (
  select period_start, staff_id, count(*) filter (where net_minor > 0) as purchases, sum(net_minor) as net
  from seen where staff_id is not null group by period_start, staff_id
),
active as (select period_start, staff_id, purchases from leaders where purchases > 0),
begun as (select staff_id, min(period_start) as first_start from active group by staff_id),
to_date as (
  select p.period_start, (select count(*) from begun b where b.first_start <= p.period_start) as leaders,
    (select count(*) from active a where a.period_start = p.period_start) as active,
    (select coalesce(sum(purchases), 0) from active a where a.period_start = p.period_start) as purchases,
    (select count(*) from active b where b.period_start = p.before_start) as before,
    (select count(*) from active b join active a on a.staff_id = b.staff_id and a.period_start = p.period_start where b.period_start = p.before_start) as kept
  from periods p
),
ranked as (
  select period_start, net, row_number() over (partition by period_start order by net desc) as place, count(*) over (partition by period_start) as n
  from leaders where net > 0
),
top as (select period_start, sum(net) filter (where place <= ceil(n / 10.0)) as num, sum(net) as den from ranked group by period_start),
rows as (
  select 'repeat_in_window' as metric, period_start, count(*) filter (where n > 1) as num, count(*) as den from in_windows group by period_start
  union all select 'leader_buyer_repeat', period_start, count(*) filter (where n > 1), count(*) from in_leader_windows group by period_start
  union all select 'repeat_after_first_30', period_start, count(*) filter (where wait_us <= 30 * 86400000000), count(*) from firsts group by period_start
  union all select 'repeat_after_first_60', period_start, count(*) filter (where wait_us <= 60 * 86400000000), count(*) from firsts group by period_start
  union all select 'repeat_after_first_90', period_start, count(*) filter (where wait_us <= 90 * 86400000000), count(*) from firsts group by period_start
  union all select 'value_per_buyer', period_start, net, buyers from sums
  union all select 'aov', period_start, net, purchases from sums
  union all select 'pickup_rate', period_start, pickups, orders from sums
  union all select 'refund_order_rate', period_start, refunded, refundable from sums
  union all select 'pool_gmv_tree', period_start, net, 1 from tree
  union all select 'pool_gmv_members', period_start, members, 1 from tree
  union all select 'pool_gmv_reach', period_start, reached, members from tree
  union all select 'pool_gmv_response', period_start, responders, reached from tree
  union all select 'pool_gmv_orders', period_start, orders, responders from tree
  union all select 'pool_gmv_aov', period_start, net, orders from tree
  union all select 'leader_active_rate', period_start, active, leaders from to_date
  union all select 'orders_per_active_leader', period_start, purchases, active from to_date
  union all select 'leader_retention', period_start, kept, before from to_date
  union all select 'leader_gmv_share_top10pct', period_start, num, den from top
)
select metric, period_start, cast(coalesce(num, 0) as bigint) as num, cast(coalesce(den, 0) as bigint) as den from rows order by metric, period_start
