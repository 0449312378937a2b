-- The private-domain pool by period, from the members table.
--
-- In:  calendar    the rows of periods.sql
--      pool_members    the rows of pool_members.sql
--      orders(customer_id varchar, local_time timestamp, net_minor bigint), interactions(customer_id, local_time timestamp),
--      touches(customer_id, sent_time timestamp, is_control boolean)    valid rows, local wall clock of one UTC offset
-- Out: metric, period_start, num, den:
--        pool_members       members at the end of t (den 1)
--        pool_leavers       customers whose stay ended in t and who are not members at its end (den 1)
--        pool_net_growth    (stays begun in t - stays ended in t) / members at the end of t - 1
--        pool_penetration   active members / active customers; active: an order with net > 0 in t
--        pool_activity      members with an interaction or such an order in t / members
--        reach_rate         members touched in t, not as control / members
with members as (select distinct period_start, customer_id from pool_members where is_member),
stays as (
  select period_start, count(*) filter (where begins) as begun, count(*) filter (where ends) as ended from pool_members group by period_start
),
leavers as (
  select p.period_start, count(distinct p.customer_id) as n
  from pool_members p left join members m on m.period_start = p.period_start and m.customer_id = p.customer_id
  where p.ends and m.customer_id is null
  group by p.period_start
),
active as (
  select distinct c.period_start, o.customer_id from orders o join calendar c on c.day = cast(o.local_time as date) where o.net_minor > 0
),
stirred as (
  select period_start, customer_id from active
  union
  select c.period_start, i.customer_id from interactions i join calendar c on c.day = cast(i.local_time as date)
),
touched as (
  select distinct c.period_start, x.customer_id from touches x join calendar c on c.day = cast(x.sent_time as date) where not x.is_control
),
sizes as (
  select p.period_start,
    (select count(*) from members m where m.period_start = p.period_start) as members,
    (select count(*) from active a where a.period_start = p.period_start) as active,
    (select count(*) from active a join members m using (period_start, customer_id) where a.period_start = p.period_start) as active_members,
    (select count(*) from stirred a join members m using (period_start, customer_id) where a.period_start = p.period_start) as stirred_members,
    (select count(*) from touched a join members m using (period_start, customer_id) where a.period_start = p.period_start) as touched_members
  from (select distinct period_start from calendar) as p
),
rows as (
  select 'pool_members' as metric, period_start, members as num, 1 as den from sizes
  union all select 'pool_leavers', period_start, coalesce(n, 0), 1 from sizes left join leavers using (period_start)
  union all select 'pool_penetration', period_start, active_members, active from sizes
  union all select 'pool_activity', period_start, stirred_members, members from sizes
  union all select 'reach_rate', period_start, touched_members, members from sizes
  union all select 'pool_net_growth', period_start, coalesce(begun, 0) - coalesce(ended, 0), lag(members) over (order by period_start)
    from sizes left join stays using (period_start)
)
select metric, period_start, cast(num as bigint) as num, cast(coalesce(den, 0) as bigint) as den from rows order by metric, period_start
