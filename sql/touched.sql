-- Who answers messages: response, redemption, and what touching adds.
--
-- In:  calendar    the rows of periods.sql
--      orders(customer_id varchar, local_time timestamp, net_minor bigint), touches(customer_id, sent_time timestamp, coupon_id varchar,
--      expires_time timestamp, redeemed_time timestamp, is_control boolean)
--        valid rows, local wall clock of one UTC offset
--      params(until date, attribution_days integer, …)   one row
-- Out: metric, period_start, num, den, mature_on (the day from which it is known):
--        response_rate              customers touched in t who bought, or redeemed, within the days of attribution
--        response_bought, control_bought   the same by purchase alone: of those touched, of those held back
--        redemption_rate            coupons sent in t redeemed before they expired; without an expiry 30 days after
--        gap_touched                touched customers of strata with both kinds; num null
--        observational_gap          the weighted gap itself, as a ratio in value
--
-- A purchase is an order with net > 0. A touch with is_control was not sent. Strata: days since the last purchase before t (up to 14, 30, 60, 90, more)
-- by purchases before t (1, 2, more), of customers who had bought before t; in each, those touched in t against those not, who bought in t.
with ends as (select until, cast(until as timestamp) as until_time, attribution_days * interval 1 day as within_days, attribution_days from params),
periods as (select distinct period_start, period_end from calendar),
purchases as (select customer_id, local_time, cast(local_time as date) as day from orders cross join ends where net_minor > 0 and cast(local_time as date) < until),
sent as (
  select x.*, c.period_start, c.period_end, row_number() over (order by sent_time) as touch
  from touches x join calendar c on c.day = cast(x.sent_time as date)
),
answers as (
  select s.touch,
    exists (select 1 from purchases p where p.customer_id = s.customer_id and p.local_time >= s.sent_time and p.local_time < s.sent_time + e.within_days) as bought,
    coalesce(s.redeemed_time >= s.sent_time and s.redeemed_time < s.sent_time + e.within_days and s.redeemed_time < e.until_time, false) as redeemed
  from sent s cross join ends e
),
people as (
  select s.period_start, s.period_end, s.customer_id, s.is_control, bool_or(a.bought) as bought, bool_or(a.bought or a.redeemed) as answered
  from sent s join answers a using (touch)
  group by s.period_start, s.period_end, s.customer_id, s.is_control
),
coupons as (
  select s.period_start, s.period_end, coalesce(s.expires_time, s.sent_time + interval 30 day) as expires_time, s.redeemed_time
  from sent s where s.coupon_id is not null and not s.is_control
),
before as (
  select p.period_start, p.period_end, o.customer_id, count(*) as n, date_diff('day', max(o.day), p.period_start) as days
  from periods p join purchases o on o.day < p.period_start
  group by p.period_start, p.period_end, o.customer_id
),
alike as (
  select b.*,
    case when days <= 14 then 0 when days <= 30 then 1 when days <= 60 then 2 when days <= 90 then 3 else 4 end as recency,
    case when n <= 1 then 0 when n <= 2 then 1 else 2 end as frequency,
    exists (select 1 from people x where x.period_start = b.period_start and x.customer_id = b.customer_id and not x.is_control) as touched,
    exists (select 1 from purchases o where o.customer_id = b.customer_id and o.day >= b.period_start and o.day < b.period_end) as bought
  from before b
),
strata as (
  select period_start, period_end, recency, frequency,
    count(*) filter (where touched) as n, count(*) filter (where touched and bought) as x,
    count(*) filter (where not touched) as n0, count(*) filter (where not touched and bought) as x0
  from alike group by period_start, period_end, recency, frequency
),
gaps as (
  select period_start, period_end, sum(n + n0) as people, sum(n) as touched, sum(n * (x / n - x0 / n0)) / sum(n) as gap
  from strata where n > 0 and n0 > 0
  group by period_start, period_end
)
select 'response_rate' as metric, period_start, count(*) filter (where answered) as num, count(*) as den, cast(null as double) as value,
  cast(period_end + e.attribution_days as date) as mature_on
from people cross join ends e where not is_control group by period_start, period_end, e.attribution_days
union all
select 'response_bought', period_start, count(*) filter (where bought), count(*), null, cast(period_end + e.attribution_days as date)
from people cross join ends e where not is_control group by period_start, period_end, e.attribution_days
union all
select 'control_bought', period_start, count(*) filter (where bought), count(*), null, cast(period_end + e.attribution_days as date)
from people cross join ends e where is_control group by period_start, period_end, e.attribution_days
union all
select 'redemption_rate', period_start, count(*) filter (where redeemed_time <= expires_time and redeemed_time < e.until_time), count(*), null,
  greatest(period_end, cast(max(expires_time) + interval 1 day - interval 1 microsecond as date))
from coupons cross join ends e group by period_start, period_end
union all
select 'observational_gap', period_start, people, touched, gap, period_end from gaps
order by metric, period_start
