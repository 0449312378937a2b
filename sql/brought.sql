-- What each customer brought, which the bootstrap of the gain resamples.
--
-- In:  chain    the rows of chain.sql
--      params, one row: those of chain.sql, and total_days integer (H)
-- Out: one row per customer: period_start, total (new buyers within H days of their own first purchase), strict (of those of Q6).
select i.period_start,
  count(*) filter (where e.first_time < i.first_time + total_days * interval 1 day) as total,
  count(*) filter (
    where e.invited_time >= i.again_time and e.invited_time < i.again_time + h45 * interval 1 day
      and e.first_time < e.invited_time + h56 * interval 1 day
  ) as strict
from chain i cross join params left join chain e on e.inviter_id = i.customer_id
group by i.customer_id, i.period_start
order by i.period_start, total, strict
