-- What stores do for customers: orders met in the community, pickups in time, ratings; and orders with a coupon.
--
-- In:  calendar    the rows of periods.sql
--      orders(local_time timestamp, fulfilment varchar, coupon_id varchar, promised_time timestamp, picked_up_time timestamp)
--      interactions(local_time timestamp, rating integer)    valid rows, local wall clock of one UTC offset
--      params(has_fulfilment boolean, …)   one row: without the column every promised order is a pickup
-- Out: metric, period_start, num, den:
--        community_share      orders of t picked up or bought in a store / orders of t
--        pickup_on_time       pickups promised until a day of t that were picked up by then / those pickups
--        no_show              of these, not picked up 3 days later
--        satisfied_share      ratings of t of at least 4 / ratings of t
--        coupon_order_share   orders of t with a coupon / orders of t
--
-- A label says pickup when pickup, clickandcollect or 自提 is in it, in a store when instore, 到店, 门店, 店内, 堂食 or 线下 is; blanks, _ and - are ignored.
with named as (
  select *, replace(replace(replace(lower(fulfilment), ' ', ''), '_', ''), '-', '') as way from orders
),
ways as (
  select *,
    coalesce(way like '%pickup%' or way like '%clickandcollect%' or way like '%自提%', false) as is_pickup,
    coalesce(way like '%instore%' or way like '%到店%' or way like '%门店%' or way like '%店内%' or way like '%堂食%' or way like '%线下%', false) as is_in_store
  from named
),
due as (
  select c.period_start, w.promised_time, w.picked_up_time
  from ways w join calendar c on c.day = cast(w.promised_time as date) cross join params
  where w.is_pickup or not has_fulfilment
)
select 'community_share' as metric, period_start, count(*) filter (where is_pickup or is_in_store) as num, count(*) as den
from ways join calendar on day = cast(local_time as date) group by period_start
union all
select 'coupon_order_share', period_start, count(coupon_id), count(*) from orders join calendar on day = cast(local_time as date) group by period_start
union all
select 'pickup_on_time', period_start, count(*) filter (where picked_up_time <= promised_time), count(*) from due group by period_start
union all
select 'no_show', period_start, count(*) filter (where picked_up_time is null or picked_up_time > promised_time + interval 3 day), count(*) from due group by period_start
union all
select 'satisfied_share', period_start, count(*) filter (where rating >= 4), count(rating)
from interactions join calendar on day = cast(local_time as date) where rating is not null group by period_start
order by metric, period_start
