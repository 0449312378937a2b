-- Cohort retention: customers by the period of the purchase they entered with, followed through the columns after it.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint)  valid orders, local wall clock, money in minor units
--      params, one row:
--        granularity varchar    day | week | month | quarter | year
--        week_start integer     first day of the week, Monday 0 … Sunday 6
--        time_window varchar    calendar | rolling: columns are periods, or spans of 1, 7, 30, 91, 365 days since the member's own entry
--        entry varchar          first_ever | first_in_range | recurring: enter with the first purchase looked at, the first in the range, the first of every period
--        range_from, range_until date   cohorts whose period begins in [range_from, range_until); 0001-01-01 and 9999-12-31 for no bounds
--        eligible boolean       rolling only: count in a column only members observed for the whole of it
--        min_orders integer     purchases in a column needed to be active in it
--        count_zero boolean     whether orders with net <= 0 are purchases
--        max_periods integer    last column, where there are no brackets
--        brackets integer[]     sizes of the columns after column 0, in periods; empty: one period each, up to max_periods
--        smooth integer         periods that orders and money of a column are summed over, from its own on: 1, or 3 without brackets
--        until date             observation ends before this day
-- Out: one row per cohort and column whose first period has begun, ascending; cohorts from the first to the last with a member, empty ones included.
--        cohort_start date, n_customers, k, state ('complete' when its last period has ended, else 'partial'), members (the denominator)
--        count_on, count_on_or_after, count_on_or_before (null at k = 0), count_streak, count_repeat_by: members present, by criterion
--        orders, net_minor, net_to_date_minor, revenue_minor, kept_revenue_minor, base_revenue_minor
--
-- For a member, in a column k: v = net of all valid orders in its periods, w = max(v, 0), active = at least min_orders purchases in one of its periods.
--   on            active in k (everybody at k = 0)           rate                  = count / members
--   on_or_after   active in k or later (everybody at k = 0)  aov                   = net / orders
--   on_or_before  active in one of 1 … k                     value_per_returning   = net / count_on
--   streak        active in each of 0 … k                    value_per_member      = net / members
--   repeat_by     purchase 1 + min_orders not after k        cum_value_per_member  = net_to_date / members
--   nrr = revenue / base_revenue, grr = kept_revenue / base_revenue, with revenue = Σ w(k), kept = Σ min(w(k), w(0)), base = Σ w(0)
--
-- Local time is taken as elapsed time in rolling columns: with a clock that is set forward and back they differ by that hour.
with seen as (
  select customer_id, local_time, net_minor, cast(local_time as date) as day, (net_minor > 0 or count_zero) as is_purchase
  from orders cross join params
  where cast(local_time as date) < until
),
days as (
  -- every day that needs a period: those with an order, and the last one observed
  select day from seen union select cast(until - interval 1 day as date) as day from params
),
calendar as (
  -- consecutive numbers of periods
  select day, cast(case granularity
      when 'day' then date_diff('day', date '1970-01-01', day)
      when 'week' then floor((date_diff('day', date '1970-01-01', day) + 3 - week_start) / 7.0)
      when 'month' then extract(year from day) * 12 + extract(month from day) - 1
      when 'quarter' then floor((extract(year from day) * 12 + extract(month from day) - 1) / 3.0)
      else extract(year from day)
    end as integer) as period
  from days cross join params
),
numbers as (select unnest(generate_series((select min(period) from calendar), (select max(period) + 1 from calendar))) as period),
starts as (
  select period, case granularity
      when 'day' then date '1970-01-01' + cast(period as integer)
      when 'week' then date '1970-01-01' + cast(period * 7 - 3 + week_start as integer)
      when 'month' then make_date(cast(period // 12 as integer), cast(period % 12 + 1 as integer), 1)
      when 'quarter' then make_date(cast(period // 4 as integer), cast(period % 4 * 3 + 1 as integer), 1)
      else make_date(cast(period as integer), 1, 1)
    end as start_day
  from numbers cross join params
),
periods as (select period, start_day, lead(start_day) over (order by period) as end_day from starts),
lengths as (
  select cast(case granularity when 'day' then 1 when 'week' then 7 when 'month' then 30 when 'quarter' then 91 else 365 end as bigint)
    * 86400000000 as length_us
  from params
),
bought_in as (
  select s.customer_id, c.period as cohort, p.start_day >= range_from and p.start_day < range_until as in_range, min(s.local_time) as entered_at
  from seen s join calendar c using (day) join periods p on p.period = c.period cross join params
  where s.is_purchase
  group by s.customer_id, c.period, p.start_day >= range_from and p.start_day < range_until
),
entries as (
  select customer_id, cohort, entered_at
  from (
    select *, row_number() over (partition by customer_id order by cohort) as nth_ever,
      row_number() over (partition by customer_id, in_range order by cohort) as nth_in_range
    from bought_in
  ) cross join params
  where in_range and (entry = 'recurring' or (entry = 'first_ever' and nth_ever = 1) or (entry = 'first_in_range' and nth_in_range = 1))
),
placed as (
  select s.customer_id, e.cohort, s.local_time, s.net_minor, s.is_purchase,
    case when time_window = 'calendar' then c.period - e.cohort
         when s.local_time < e.entered_at then -1
         else date_diff('microsecond', e.entered_at, s.local_time) // length_us end as k
  from seen s join calendar c using (day) join entries e on e.customer_id = s.customer_id cross join params cross join lengths
),
visits as (
  select customer_id, cohort, cast(k as integer) as period_k, sum(case when is_purchase then 1 else 0 end) as purchases, sum(net_minor) as net
  from placed
  where k >= 0
  group by customer_id, cohort, k
),
ranked as (
  select customer_id, cohort, k, row_number() over (partition by customer_id, cohort order by local_time) as nth from placed where is_purchase and k >= 0
),
members as (
  select e.customer_id, e.entered_at, e.cohort, a.last_active, a.first_return, r.k as repeat_k
  from entries e
  left join (
    select customer_id, cohort, max(period_k) as last_active, min(case when period_k > 0 then period_k end) as first_return
    from visits cross join params
    where purchases >= min_orders
    group by customer_id, cohort
  ) a on a.customer_id = e.customer_id and a.cohort = e.cohort
  left join (select customer_id, cohort, k from ranked cross join params where nth = 1 + min_orders) r
    on r.customer_id = e.customer_id and r.cohort = e.cohort
),
cohorts as (
  select p.period as cohort, p.start_day, p.end_day, count(m.customer_id) as n_customers,
    coalesce(min(m.entered_at), cast(p.start_day as timestamp)) as earliest
  from periods p left join members m on m.cohort = p.period
  where p.period between (select min(cohort) from members) and (select max(cohort) from members)
  group by p.period, p.start_day, p.end_day
),
plain_columns as (select unnest(generate_series(0, (select max_periods from params))) as k),
bracket_columns as (select unnest(generate_series(1, (select len(brackets) from params))) as k),
columns_asked as (
  -- the periods first_k … last_k of a column; who is present in it is decided by those up to own_last_k
  select k, k as first_k, k as own_last_k, k + smooth - 1 as last_k from plain_columns cross join params where len(brackets) = 0
  union all
  select 0, 0, 0, 0 from params where len(brackets) > 0
  union all
  select k, through_k - size + 1, through_k, through_k
  from (select k, brackets[k] as size, sum(brackets[k]) over (order by k) as through_k from bracket_columns cross join params)
),
calendar_cells as (
  select c.cohort, a.*, case when l.end_day <= until then 'complete' else 'partial' end as state
  from cohorts c cross join columns_asked a cross join params
  join periods f on f.period = c.cohort + a.first_k
  left join periods l on l.period = c.cohort + a.last_k
  where time_window = 'calendar' and f.start_day < until
),
rolling_cells as (
  -- begun for the earliest member; complete when it has ended for the youngest member the cohort can have
  select c.cohort, a.*,
    case when eligible or date_diff('microsecond', cast(c.end_day as timestamp), cast(until as timestamp)) >= (a.last_k + 1) * length_us
         then 'complete' else 'partial' end as state
  from cohorts c cross join columns_asked a cross join params cross join lengths
  where time_window = 'rolling' and date_diff('microsecond', c.earliest, cast(until as timestamp)) > a.first_k * length_us
),
cells as (select * from calendar_cells union all select * from rolling_cells),
counted as (
  select m.*, cells.k, cells.first_k, cells.own_last_k, cells.last_k
  from members m join cells on cells.cohort = m.cohort cross join params cross join lengths
  where time_window = 'calendar' or not eligible
    or date_diff('microsecond', m.entered_at, cast(until as timestamp)) >= (cells.last_k + 1) * length_us
),
summed as (
  select c.customer_id, c.cohort, c.k, c.first_k, c.own_last_k, c.last_active, c.first_return, c.repeat_k,
    coalesce(sum(v.purchases), 0) as purchases, coalesce(sum(v.net), 0) as net, greatest(coalesce(sum(v.net), 0), 0) as revenue,
    max(case when v.period_k <= c.own_last_k and v.purchases >= p.min_orders then 1 else 0 end) as is_active
  from counted c cross join params p
  left join visits v on v.customer_id = c.customer_id and v.cohort = c.cohort and v.period_k between c.first_k and c.last_k
  group by c.customer_id, c.cohort, c.k, c.first_k, c.own_last_k, c.last_active, c.first_return, c.repeat_k
),
followed as (
  select s.*, b.revenue as base_revenue,
    sum(s.net) over (partition by s.customer_id, s.cohort order by s.k) as net_to_date,
    min(s.is_active) over (partition by s.customer_id, s.cohort order by s.k) as is_streak
  from summed s join summed b on b.customer_id = s.customer_id and b.cohort = s.cohort and b.k = 0
),
sums as (
  select cohort, k, count(*) as members,
    sum(case when k = 0 then 1 else is_active end) as count_on,
    sum(case when k = 0 or last_active >= first_k then 1 else 0 end) as count_on_or_after,
    sum(case when first_return <= own_last_k then 1 else 0 end) as count_on_or_before,
    sum(is_streak) as count_streak,
    sum(case when repeat_k <= own_last_k then 1 else 0 end) as count_repeat_by,
    sum(purchases) as orders, sum(net) as net, sum(net_to_date) as net_to_date, sum(revenue) as revenue,
    sum(least(revenue, base_revenue)) as kept_revenue, sum(base_revenue) as base_revenue
  from followed
  group by cohort, k
)
select
  h.start_day as cohort_start, h.n_customers, cells.k, cells.state, coalesce(s.members, 0) as members,
  cast(coalesce(s.count_on, 0) as bigint) as count_on,
  cast(coalesce(s.count_on_or_after, 0) as bigint) as count_on_or_after,
  cast(case when cells.k > 0 then coalesce(s.count_on_or_before, 0) end as bigint) as count_on_or_before,
  cast(coalesce(s.count_streak, 0) as bigint) as count_streak,
  cast(coalesce(s.count_repeat_by, 0) as bigint) as count_repeat_by,
  cast(coalesce(s.orders, 0) as bigint) as orders,
  cast(coalesce(s.net, 0) as bigint) as net_minor,
  cast(coalesce(s.net_to_date, 0) as bigint) as net_to_date_minor,
  cast(coalesce(s.revenue, 0) as bigint) as revenue_minor,
  cast(coalesce(s.kept_revenue, 0) as bigint) as kept_revenue_minor,
  cast(coalesce(s.base_revenue, 0) as bigint) as base_revenue_minor
from cells join cohorts h using (cohort) left join sums s on s.cohort = cells.cohort and s.k = cells.k cross join params
where not (time_window = 'rolling' and eligible and coalesce(s.members, 0) = 0)
order by cohort_start, k
