-- What the new buyers of the last complete period cost, by channel.
--
-- In:  calendar    the rows of periods.sql
--      orders(customer_id varchar, local_time timestamp, net_minor bigint, channel varchar), spend(day date, spend_minor bigint, channel varchar)
--        valid rows, local wall clock of one UTC offset; spend of the filter's channels or stores where it names them
--      params(until date, first_day date, …)   one row
-- Out: one row per channel of either: channel, spend_minor, new_buyers, cac (null without new buyers).
--
-- A new buyer's channel is that of the first purchase; of several at one instant the least.
with last_period as (select max(period_start) as period_start from calendar cross join params where period_end <= until),
firsts as (
  select customer_id, local_time, channel, row_number() over (partition by customer_id order by local_time, channel nulls last) as nth
  from orders cross join params where net_minor > 0 and cast(local_time as date) < until
),
buyers as (
  select f.channel, count(*) as n
  from firsts f join calendar c on c.day = cast(f.local_time as date) join last_period using (period_start)
  where f.nth = 1 and f.channel is not null group by f.channel
),
spent as (
  select s.channel, sum(s.spend_minor) as minor
  from spend s join calendar c on c.day = s.day join last_period using (period_start) cross join params
  where s.channel is not null and s.day >= first_day group by s.channel
)
select channel, coalesce(s.minor, 0) as spend_minor, coalesce(b.n, 0) as new_buyers, s.minor / b.n as cac
from spent s full join buyers b using (channel)
order by channel
