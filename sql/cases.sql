-- The private-domain metrics of pickup, presale, channels, groups, services and bound members.
--
-- In:  calendar, pool_members    the rows of periods.sql and pool_members.sql
--      orders(row bigint, customer_id varchar, local_time timestamp, net_minor bigint, store_id varchar, channel varchar, fulfilment varchar,
--      is_presale varchar, group_buy_id varchar, service_type varchar, picked_up_time timestamp), members(customer_id, joined_time timestamp,
--      staff_id varchar), touches(customer_id, sent_time timestamp, is_control boolean), interactions(customer_id, local_time timestamp, kind varchar)    valid rows, local wall clock of one UTC offset
--      params(until date, has_fulfilment boolean, …)   one row: without the column every order picked up is a pickup
-- Out: metric, period_start (null: over all data), num, den, value (where it is not num / den):
--        pickup_add_on        orders picked up in t followed by another purchase of the customer at the same store on the same day within 120 minutes
--        pickup_lead_time     median wait in microseconds over all pickups; den their number
--        presale_share        presale orders of t / orders of t
--        presale_variation    median over stores of deviation / mean of daily presale orders, from a store's first to the end; den stores
--        dual_channel_share   customers who bought in a store and online in t / customers who bought in t; dual_channel_value their net, by way
--        members_per_staff, serve_rate   bound members / staff they are bound to; bound members touched in t / bound members
--        orders_per_group, group_success_rate   purchases of the groups opened in t / groups; groups with at least 3 / groups
--        service_breadth      different services bought in t, over customers / customers who bought one
--        friend_accept_rate   friend requests of t accepted within 7 days and before the customer's next one / friend requests of t
--        pickup_hours         num pickups, den weekday (Monday 0) * 24 + hour
with seen as (
  select o.*, c.period_start, cast(o.local_time as date) as day, replace(replace(replace(lower(fulfilment), ' ', ''), '_', ''), '-', '') as way
  from orders o join calendar c on c.day = cast(o.local_time as date)
),
purchases as (select * from seen where net_minor > 0),
pickups as (
  select s.*, cast(picked_up_time as date) as picked_day
  from seen s cross join params
  where picked_up_time is not null
    and (not has_fulfilment or way like '%pickup%' or way like '%clickandcollect%' or way like '%自提%')
),
add_ons as (
  select c.period_start, exists (
      select 1 from purchases o
      where o.customer_id = p.customer_id and o.row <> p.row and o.store_id = p.store_id and o.day = p.picked_day
        and o.local_time >= p.picked_up_time and o.local_time < p.picked_up_time + interval 120 minute
    ) as followed
  from pickups p join calendar c on c.day = p.picked_day
),
waits as (select date_diff('microsecond', local_time, picked_up_time) as wait_us, picked_up_time from pickups cross join params where picked_day < until),
presales as (select * from seen where lower(trim(is_presale)) in ('true', '1', 'yes', 'y', '是', '预售', 'presale')),
store_days as (select store_id, day, count(*) as n from presales where store_id is not null group by store_id, day),
store_spans as (
  select store_id, sum(n) as orders, sum(n * n) as squares, date_diff('day', min(day), max(until)) as days from store_days cross join params group by store_id
),
variations as (select sqrt(greatest(squares / days - (orders / days) * (orders / days), 0)) / (orders / days) as variation from store_spans),
channels as (
  select *, (lower(channel) like '%pos%' or lower(channel) like '%store%' or lower(channel) like '%offline%' or channel like '%门店%' or channel like '%到店%'
    or channel like '%线下%') and lower(channel) not like '%cloud%' and channel not like '%云%' as in_store
  from purchases
),
buyers as (
  -- what has no channel counts as money of a customer who is known to buy in one way or both
  select period_start, customer_id, bool_or(in_store) and bool_or(not in_store) as is_dual, sum(net_minor) as net
  from channels group by period_start, customer_id having count(channel) > 0
),
bound as (
  select customer_id, staff_id
  from (
    select *, row_number() over (partition by customer_id order by joined_time desc, staff_id desc) as nth from members where staff_id is not null
  ) as latest
  where nth = 1
),
served as (
  select m.period_start, b.staff_id, exists (
      select 1 from touches x join calendar c on c.day = cast(x.sent_time as date)
      where x.customer_id = m.customer_id and not x.is_control and c.period_start = m.period_start
    ) as touched
  from (select distinct period_start, customer_id from pool_members where is_member) as m join bound b using (customer_id)
),
groups as (
  select group_buy_id, min(day) as opened, count(*) as n from purchases where group_buy_id is not null group by group_buy_id
),
opened as (select c.period_start, g.n from groups g join calendar c on c.day = g.opened),
friends as (
  -- what says both accepted and request is an acceptance
  select customer_id, local_time, cast(local_time as date) as day, lower(kind) like '%accept%' or kind like '%通过%' as is_accept
  from interactions cross join params
  where (lower(kind) like '%friend%' or kind like '%好友%') and cast(local_time as date) < until
    and (lower(kind) like '%accept%' or kind like '%通过%' or lower(kind) like '%request%' or kind like '%申请%')
),
requests as (
  select customer_id, local_time, day, lead(local_time) over (partition by customer_id order by local_time) as next_time from friends where not is_accept
),
asked as (
  select c.period_start, exists (
      select 1 from friends a
      where a.customer_id = r.customer_id and a.is_accept and a.local_time >= r.local_time and a.local_time < r.local_time + interval 7 day
        and (r.next_time is null or a.local_time < r.next_time)
    ) as accepted
  from requests r join calendar c using (day)
),
services as (
  select period_start, count(distinct customer_id || ' ' || service_type) as n, count(distinct customer_id) as customers
  from purchases where service_type is not null group by period_start
)
select 'pickup_add_on' as metric, period_start, count(*) filter (where followed) as num, count(*) as den, cast(null as double) as value
from add_ons group by period_start
union all select 'pickup_lead_time', null, null, count(*), median(wait_us) from waits
union all
select 'presale_share', period_start, count(*) filter (where lower(trim(is_presale)) in ('true', '1', 'yes', 'y', '是', '预售', 'presale')), count(*), null
from seen group by period_start
union all select 'presale_variation', null, null, count(*), median(variation) from variations
union all select 'dual_channel_share', period_start, count(*) filter (where is_dual), count(*), null from buyers group by period_start
union all
select 'dual_channel_value', period_start, null, count(*) filter (where is_dual), (avg(net) filter (where is_dual)) / (avg(net) filter (where not is_dual))
from buyers group by period_start
union all select 'members_per_staff', period_start, count(*), count(distinct staff_id), null from served group by period_start
union all select 'serve_rate', period_start, count(*) filter (where touched), count(*), null from served group by period_start
union all select 'orders_per_group', period_start, sum(n), count(*), null from opened group by period_start
union all select 'group_success_rate', period_start, count(*) filter (where n >= 3), count(*), null from opened group by period_start
union all select 'service_breadth', period_start, n, customers, null from services
union all select 'friend_accept_rate', period_start, count(*) filter (where accepted), count(*), null from asked group by period_start
union all
select 'pickup_hours', null, count(*), (extract(isodow from picked_up_time) - 1) * 24 + extract(hour from picked_up_time), null
from waits group by (extract(isodow from picked_up_time) - 1) * 24 + extract(hour from picked_up_time)
order by metric, period_start, den
