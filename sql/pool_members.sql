-- Who is a member of the private-domain pool at the end of each period, and which stays begin and end in it, from the members table.
--
-- In:  calendar    the rows of periods.sql
--      members(customer_id varchar, joined_time timestamp, left_time timestamp)    valid rows, local wall clock; left_time may be null
-- Out: one row per customer, stay and period the stay touches: period_start, customer_id, begins, ends, is_member (at the end of the period).
--
-- Stays of one customer that overlap or touch are one stay; a stay that ends when it begins, or before, is none. Member at the end of t: joined before
-- that end, and not left before it. A stay from before the first period begins in it; one that ended before it is left out.
with spans as (
  select customer_id, joined_time, coalesce(left_time, timestamp '9999-01-01 00:00:00') as left_time
  from members
  where left_time is null or left_time > joined_time
),
reaching as (
  select *, max(left_time) over (partition by customer_id order by joined_time, left_time rows between unbounded preceding and 1 preceding) as reached
  from spans
),
numbered as (
  select *, sum(case when reached is null or joined_time > reached then 1 else 0 end) over (partition by customer_id order by joined_time, left_time) as stay
  from reaching
),
stays as (
  select customer_id, stay, cast(min(joined_time) as date) as joined_day, cast(max(left_time) as date) as left_day from numbered group by customer_id, stay
),
periods as (select period_start, seen_end, row_number() over (order by period_start) as t from calendar group by period_start, seen_end)
select p.period_start, s.customer_id,
  s.joined_day >= p.period_start or p.t = 1 as begins,
  s.left_day < p.seen_end as ends,
  s.left_day >= p.seen_end as is_member
from stays s join periods p on s.joined_day < p.seen_end and s.left_day >= p.period_start
