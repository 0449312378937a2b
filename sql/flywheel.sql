-- The flywheel from orders that carry who joined when and who invited whom: numerator and denominator of every metric, per period or entry cohort.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint, joined_time timestamp, inviter_id varchar)
--        valid orders, local wall clock of one UTC offset, money in minor units; joined_time and inviter_id may be null
--      params(granularity varchar, until date, horizon_days integer)   one row: week | month, the exclusive end, H of the gain
-- Out: metric, period_start, num, den; whether the horizon has passed is for the reader to see.
--
-- A purchase is an order with net > 0. Entry cohort c = period of the first purchase; a customer's inviter is the one its first purchase names
-- (of purchases at one time: the least by net, then inviter id); member at the end of t = earliest joined_time before that end.
with seen as (
  select customer_id, local_time, cast(local_time as date) as day, net_minor, inviter_id
  from orders cross join params
  where cast(local_time as date) < until
),
joins as (select customer_id, min(joined_time) as joined_time from orders group by customer_id),
days as (
  select unnest(generate_series((select min(day) from seen), (select until - interval 1 day from params), interval 1 day)) as day
),
starts as (
  select cast(day as date) as day,
    cast(case granularity
      when 'day' then day
      when 'week' then date_trunc('week', day)
      when 'month' then date_trunc('month', day)
      when 'quarter' then date_trunc('quarter', day)
      else date_trunc('year', day)
    end as date) as start
  from days cross join params
),
calendar as (
  select day, start, dense_rank() over (order by start) as t from starts
),
periods as (select t, min(start) as start, max(day) + 1 as seen_end from calendar group by t),
purchases as (
  select s.*, c.t, row_number() over (partition by customer_id order by local_time, net_minor, inviter_id nulls first) as nth
  from seen s join calendar c using (day)
  where net_minor > 0
),
people as (
  select f.customer_id, f.t as cohort, f.local_time as first_time, f.inviter_id, s.local_time as second_time, j.joined_time,
    (select coalesce(max(c.t), 1) from calendar c where c.day = cast(j.joined_time as date)) as joined_calendar_t
  from purchases f
  left join purchases s on s.customer_id = f.customer_id and s.nth = 2
  left join joins j on j.customer_id = f.customer_id
  where f.nth = 1
),
members as (
  -- the period from whose end on a person is a member; null for those who join after the observation
  select *, case when joined_time is null or cast(joined_time as date) >= (select until from params) then null else joined_calendar_t end as member_t
  from people
),
active as (select distinct customer_id, t from purchases),
states as (
  -- everybody in every period: active, member
  select p.t, m.customer_id, a.customer_id is not null as active, coalesce(m.member_t <= p.t, false) as member, coalesce(m.member_t = p.t, false) as joins
  from periods p cross join members m
  left join active a on a.customer_id = m.customer_id and a.t = p.t
),
sizes as (
  select t, count(*) filter (where active) as active, count(*) filter (where member) as members, count(*) filter (where joins) as joined,
    count(*) filter (where active and member) as active_members, count(*) filter (where active or member) as reachable
  from states group by t
),
kept as (
  select b.t, count(*) as retained from active a join active b on b.customer_id = a.customer_id and b.t = a.t + 1 group by b.t
),
inviters as (select distinct cohort as t, inviter_id from members where inviter_id is not null),
advocates as (
  select i.t, count(*) as inviters, count(*) filter (where s.active or s.member) as reachable
  from inviters i left join states s on s.customer_id = i.inviter_id and s.t = i.t - 1
  group by i.t
),
revenue as (
  select m.cohort, m.customer_id,
    greatest(sum(case when c.t = m.cohort then s.net_minor else 0 end), 0) as base,
    greatest(sum(case when c.t = m.cohort + 1 then s.net_minor else 0 end), 0) as next
  from members m join seen s using (customer_id) join calendar c using (day)
  group by m.cohort, m.customer_id
),
pairs as (
  select i.cohort as inviter_cohort, date_diff('microsecond', i.first_time, e.first_time) as wait_us
  from members e join members i on i.customer_id = e.inviter_id
),
rows as (
  select 'retained_rate' as metric, s.t, coalesce(k.retained, 0) as num, s.active_before as den
  from (select t, lag(active) over (order by t) as active_before from sizes) s left join kept k using (t)
  union all select 'precipitation', cohort, count(*) filter (where joined_time < first_time + interval 30 day), count(*) from members group by cohort
  union all select 'second_visit_30', cohort, count(*) filter (where second_time <= first_time + interval 30 day), count(*) from members group by cohort
  union all select 'repeat_60', cohort, count(*) filter (where second_time <= first_time + interval 60 day), count(*) from members group by cohort
  union all select 'nrr_1', cohort, sum(next), sum(base) from revenue group by cohort
  union all select 'grr_1', cohort, sum(least(next, base)), sum(base) from revenue group by cohort
  union all select 'pool_penetration', t, active_members, active from sizes
  union all select 'pool_activity', t, active_members, members from sizes
  union all select 'pool_net_growth', t, joined, lag(members) over (order by t) from sizes
  union all select 'advocacy_rate', s.t, coalesce(a.reachable, 0), s.reachable_before
    from (select t, lag(reachable) over (order by t) as reachable_before from sizes) s left join advocates a using (t)
  union all select 'm56', i.t, (select count(*) from members m where m.cohort = i.t and m.inviter_id is not null), i.inviters from advocates i
  union all select 'referred_share', cohort, count(inviter_id), count(*) from members group by cohort
  union all select 'gain', c.cohort,
      (select count(*) from pairs p cross join params q where p.inviter_cohort = c.cohort and p.wait_us < q.horizon_days * 86400000000), c.n
    from (select cohort, count(*) as n from members group by cohort) c
)
select metric, start as period_start, cast(coalesce(num, 0) as bigint) as num, cast(coalesce(den, 0) as bigint) as den
from rows join periods using (t)
union all
-- over all data: the median wait in microseconds, over the number of pairs
select 'cycle_time', null, cast(median(wait_us) as bigint), count(*) from pairs
order by metric, period_start
