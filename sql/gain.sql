-- The chain and the gain of the loop, cohort by cohort.
--
-- In:  chain    the rows of chain.sql
--      orders(local_time timestamp)    valid orders: periods run from the first to the end of the observation
--      params, one row: those of chain.sql, and total_days integer (H)
-- Out: one row per entry cohort, empty ones included: period_start;
--        q1 … q6    how many took each step, q6 the new buyers they brought; null where a step is left out or the horizons up to it have not passed
--        p12, p23, p34, p45, m56    each over the one before it that is there, null where that is 0
--        brought    new buyers within H days of the inviter's first purchase, by whatever way
--        gain_strict = q6 / q1, gain_total = brought / q1, bypass_share = 1 - gain_strict / gain_total (null where H is shorter than the chain)
--        amplification = 1 / (1 - gain_total) where that is below 1
--        loop_growth = ln(gain_total) / cycle_days per day, loops_per_year = 365 / cycle_days, doubling_days = ln(2) / loop_growth, where they mean something
--        cycle_days    median days from an inviter's first purchase to the invitee's, over everybody
--        mature_on date    the day on which all horizons have passed
with pairs as (
  select i.period_start, date_diff('microsecond', i.first_time, e.first_time) as wait_us,
    coalesce(
      e.invited_time >= i.again_time and e.invited_time < i.again_time + h45 * interval 1 day
        and e.first_time < e.invited_time + h56 * interval 1 day,
      false
    ) as strict,
    e.first_time < i.first_time + total_days * interval 1 day as total
  from chain e join chain i on i.customer_id = e.inviter_id cross join params
),
cycle as (select median(wait_us) / 86400000000 as cycle_days from pairs),
days as (
  -- days from the end of a cohort until the horizons up to each step have passed; what is left out takes none
  select case when joins = 'none' then 0 else h12 end as d2,
    case when joins = 'none' then 0 else h12 end + case when has_touches then h23 else 0 end as d3,
    case when joins = 'none' then 0 else h12 end + case when has_touches then h23 else 0 end + h34 as d4
  from params
),
starts as (
  select distinct cast(case granularity
      when 'week' then date_trunc('week', day - week_start * interval 1 day) + week_start * interval 1 day
      else date_trunc('month', day)
    end as date) as period_start
  from params cross join (
    select unnest(generate_series((select min(cast(local_time as date)) from orders), (select until - interval 1 day from params), interval 1 day)) as day
  ) as seen
),
periods as (
  select period_start, cast(case granularity when 'week' then period_start + interval 7 day else period_start + interval 1 month end as date) as period_end
  from starts cross join params
),
counts as (
  select period_start, count(*) as n1, count(pool_time) as n2, count(touch_time) as n3, count(again_time) as n4, count(invite_time) as n5
  from chain group by period_start
),
gains as (select period_start, count(*) filter (where strict) as n6, count(*) filter (where total) as brought from pairs group by period_start),
passed as (
  select p.period_start,
    period_end <= until as m1, period_end + d2 <= until as m2, period_end + d3 <= until as m3, period_end + d4 <= until as m4,
    period_end + d4 + h45 <= until as m5, period_end + d4 + h45 + h56 <= until as m6, period_end + total_days <= until as m_total,
    period_end + case when invites = 'none' then d4 else greatest(d4 + h45 + h56, total_days) end as mature_on
  from periods p cross join params cross join days
),
sizes as (
  select period_start, mature_on,
    case when m1 then coalesce(n1, 0) end as q1,
    case when m2 and joins <> 'none' then coalesce(n2, 0) end as q2,
    case when m3 and has_touches then coalesce(n3, 0) end as q3,
    case when m4 then coalesce(n4, 0) end as q4,
    case when m5 and invites <> 'none' then coalesce(n5, 0) end as q5,
    case when m6 and invites <> 'none' then coalesce(n6, 0) end as q6,
    case when m_total and invites <> 'none' then coalesce(brought, 0) end as brought
  from passed cross join params left join counts using (period_start) left join gains using (period_start)
),
ratios as (
  select s.*,
    q2 / nullif(q1, 0) as p12, q3 / nullif(case when joins = 'none' then q1 else q2 end, 0) as p23,
    q4 / nullif(case when has_touches then q3 when joins = 'none' then q1 else q2 end, 0) as p34,
    q5 / nullif(q4, 0) as p45, q6 / nullif(q5, 0) as m56, q6 / nullif(q1, 0) as gain_strict, brought / nullif(q1, 0) as gain_total
  from sizes s cross join params
)
select period_start, mature_on, q1, q2, q3, q4, q5, q6, p12, p23, p34, p45, m56, brought, gain_strict, gain_total, cycle_days,
  case when total_days >= d4 + h45 + h56 and gain_total > 0 then 1 - gain_strict / gain_total end as bypass_share,
  case when gain_total < 1 then 1 / (1 - gain_total) end as amplification,
  case when gain_total > 0 and cycle_days > 0 then ln(gain_total) / cycle_days end as loop_growth,
  case when cycle_days > 0 then 365 / cycle_days end as loops_per_year,
  case when gain_total > 1 and cycle_days > 0 then ln(2) * cycle_days / ln(gain_total) end as doubling_days
from ratios cross join params cross join days cross join cycle
order by period_start
