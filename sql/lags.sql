-- How long the loop takes: quartiles of the waits of those who took each step, in days.
--
-- In:  chain    the rows of chain.sql
--      params, one row: those of chain.sql
-- Out: one row per wait: lag, n, p25, median, p75 (linear between neighbours).
--        lag_join   first purchase to joining, 0 for those who had joined before     lag_invite  next purchase to the first invitation
--        lag_touch  joining to touch                                                 lag_buy     invitation to the invitee's first purchase
--        lag_order  touch to the next purchase                                       lag_whole   first purchase to the invitee's, of those all the way
--
-- Over the cohorts for which the horizons up to the step have passed. A step left out has no wait.
with days as (
  select case when joins = 'none' then 0 else h12 end as d2,
    case when joins = 'none' then 0 else h12 end + case when has_touches then h23 else 0 end as d3,
    case when joins = 'none' then 0 else h12 end + case when has_touches then h23 else 0 end + h34 as d4
  from params
),
walks as (
  select c.*, cast(case granularity when 'week' then period_start + interval 7 day else period_start + interval 1 month end as date) as period_end
  from chain c cross join params
),
pairs as (
  select i.period_end, i.first_time, e.invited_time, e.first_time as bought_time
  from walks e join walks i on i.customer_id = e.inviter_id cross join params
  where e.invited_time >= i.again_time and e.invited_time < i.again_time + h45 * interval 1 day
    and e.first_time < e.invited_time + h56 * interval 1 day
),
waits as (
  select 'lag_join' as lag, date_diff('microsecond', first_time, pool_time) as wait_us
  from walks cross join params cross join days where joins <> 'none' and period_end + d2 <= until
  union all select 'lag_touch', date_diff('microsecond', pool_time, touch_time)
  from walks cross join params cross join days where has_touches and period_end + d3 <= until
  union all select 'lag_order', date_diff('microsecond', touch_time, again_time)
  from walks cross join params cross join days where period_end + d4 <= until
  union all select 'lag_invite', date_diff('microsecond', again_time, invite_time)
  from walks cross join params cross join days where period_end + d4 + h45 <= until
  union all select 'lag_buy', date_diff('microsecond', invited_time, bought_time)
  from pairs cross join params cross join days where period_end + d4 + h45 + h56 <= until
  union all select 'lag_whole', date_diff('microsecond', first_time, bought_time)
  from pairs cross join params cross join days where period_end + d4 + h45 + h56 <= until
)
select lag, count(*) as n,
  quantile_cont(wait_us, 0.25) / 86400000000 as p25, quantile_cont(wait_us, 0.5) / 86400000000 as median, quantile_cont(wait_us, 0.75) / 86400000000 as p75
from waits
where wait_us is not null
group by lag
order by lag
