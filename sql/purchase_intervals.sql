-- Purchase intervals: how long customers who come back wait between the days they buy on.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint)  valid orders, local wall clock, money in minor units
--      params, one row:
--        count_zero boolean     whether orders with net <= 0 are purchases
--        until date             observation ends before this day
-- Out: one row per whole number of days that adds a customer, ascending:
--        days, n_customers     customers whose median gap is at most so many days
--        n_buyers              customers with a purchase
--        n_returning           customers who bought on two days or more: those with a median gap
--        p25_days, p50_days, p80_days   the least median gap that a quarter, half and four in five of them do not pass
--        granularity           the finest of day, week, month, quarter with 1, 7, 30, 91 days >= p50, else year
--
-- A customer's median gap is that of the days from one purchase day to the next; of an even number of gaps the mean of the middle two.
-- Who has not bought for p80 to twice p80 days is going dormant.
with purchase_days as (
  select distinct customer_id, cast(local_time as date) as day
  from orders cross join params
  where cast(local_time as date) < until and (net_minor > 0 or count_zero)
),
gaps as (
  select customer_id, date_diff('day', lag(day) over (partition by customer_id order by day), day) as gap from purchase_days
),
numbered as (
  select customer_id, gap, row_number() over (partition by customer_id order by gap) as nth, count(*) over (partition by customer_id) as gaps
  from gaps
  where gap is not null
),
medians as (
  -- both middle ranks of an even number, the one of an odd number
  select customer_id, avg(gap) as median_days from numbered where nth * 2 between gaps and gaps + 2 group by customer_id
),
ranked as (
  select median_days, row_number() over (order by median_days) as nth, count(*) over () as n from medians
),
percentiles as (
  select
    min(case when nth * 100 >= n * 25 then median_days end) as p25_days,
    min(case when nth * 100 >= n * 50 then median_days end) as p50_days,
    min(case when nth * 100 >= n * 80 then median_days end) as p80_days,
    count(*) as n_returning
  from ranked
),
by_days as (
  select cast(ceil(median_days) as integer) as days, max(nth) as n_customers from ranked group by ceil(median_days)
)
select d.days, d.n_customers, p.*, (select count(distinct customer_id) from purchase_days) as n_buyers,
  case when p50_days <= 1 then 'day' when p50_days <= 7 then 'week' when p50_days <= 30 then 'month' when p50_days <= 91 then 'quarter' else 'year' end
    as granularity
from by_days d cross join percentiles p
order by d.days
