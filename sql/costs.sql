-- What the customers of an entry cohort cost, and what they are worth.
--
-- In:  calendar    the rows of periods.sql
--      orders(customer_id varchar, local_time timestamp, net_minor bigint, cost_minor bigint), spend(day date, spend_minor bigint, channel varchar)
--        valid rows, local wall clock of one UTC offset; spend of the filter's channels or stores where it names them
--      params(until date, first_day date, by_margin boolean, …)   one row: first_day: spend before it is not looked at
-- Out: one row per period: period_start, period_end, new_buyers, spend_minor, cac (spend per new buyer), marginal_cac (change of spend over change of
--        new buyers, where those changed by 10 or more), net_30, net_90, net_180, net_365 (net of its new buyers within so many days of their first
--        purchase), payback_months (months of 30 days until their margin, or net, has reached the spend, of those observed of everybody).
with firsts as (
  select customer_id, min(local_time) as first_time
  from orders cross join params where net_minor > 0 and cast(local_time as date) < until
  group by customer_id
),
entrants as (select f.*, c.period_start from firsts f join calendar c on c.day = cast(f.first_time as date)),
periods as (select distinct period_start, period_end from calendar),
buyers as (select period_start, count(*) as n from entrants group by period_start),
spent as (
  select c.period_start, sum(s.spend_minor) as minor from spend s join calendar c on c.day = s.day cross join params where s.day >= first_day group by c.period_start
),
since as (
  select e.period_start, o.net_minor, o.net_minor - case when by_margin then o.cost_minor else 0 end as margin_minor,
    date_diff('microsecond', e.first_time, o.local_time) // 86400000000 as days
  from entrants e join orders o using (customer_id) cross join params
  where o.local_time >= e.first_time and cast(o.local_time as date) < until
),
nets as (
  select period_start,
    sum(net_minor) filter (where days < 30) as net_30, sum(net_minor) filter (where days < 90) as net_90,
    sum(net_minor) filter (where days < 180) as net_180, sum(net_minor) filter (where days < 365) as net_365
  from since group by period_start
),
months as (
  select p.period_start, unnest(generate_series(1, date_diff('day', p.period_end, until) // 30)) as month from periods p cross join params where p.period_end <= until
),
margins as (
  select m.period_start, m.month, coalesce(sum(s.margin_minor), 0) as margin_minor
  from months m left join since s on s.period_start = m.period_start and s.days < m.month * 30
  group by m.period_start, m.month
),
paid as (
  select m.period_start, min(m.month) as month
  from margins m left join spent s using (period_start) where m.margin_minor >= coalesce(s.minor, 0) group by m.period_start
),
costs as (
  select p.period_start, p.period_end, coalesce(b.n, 0) as new_buyers, coalesce(s.minor, 0) as spend_minor, n.net_30, n.net_90, n.net_180, n.net_365, d.month
  from periods p left join buyers b using (period_start) left join spent s using (period_start) left join nets n using (period_start) left join paid d using (period_start)
),
changes as (
  select *, new_buyers - lag(new_buyers) over (order by period_start) as more_buyers, spend_minor - lag(spend_minor) over (order by period_start) as more_spend
  from costs
)
select period_start, period_end, new_buyers, spend_minor,
  case when new_buyers > 0 and period_end <= until then spend_minor / new_buyers end as cac,
  case when abs(more_buyers) >= 10 and period_end <= until then more_spend / more_buyers end as marginal_cac,
  coalesce(net_30, 0) as net_30, coalesce(net_90, 0) as net_90, coalesce(net_180, 0) as net_180, coalesce(net_365, 0) as net_365,
  case when new_buyers > 0 then month end as payback_months
from changes cross join params
order by period_start
