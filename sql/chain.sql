-- The chain of the loop, customer by customer: when each took each step, by their own clock.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint, joined_time timestamp, inviter_id varchar, …), members(customer_id, joined_time),
--      touches(customer_id, sent_time, is_control boolean), referrals(inviter_id, invitee_id, invited_time)
--        valid rows, local wall clock of one UTC offset
--      params, one row:
--        granularity varchar, week_start integer, until date    week | month; first day of the week, Monday 0; observation ends before this day
--        h12, h23, h34, h45, h56 integer    days in which each step must follow the one before
--        joins varchar          members | orders | none: where the time of joining is from
--        has_touches boolean    whether there are touches
--        invites varchar        referrals | orders | none: where invitations are from; of orders, the inviter the first purchase names, at its instant
-- Out: one row per customer with a purchase: customer_id, period_start (entry cohort), first_time (t1), pool_time (s2), touch_time (s3), again_time (s4),
--        invite_time (their own first invitation in time), null from the step they did not take; and inviter_id, invited_time: who invited them, when.
--
-- A purchase is an order with net > 0. A step without data is left out: the clock before it is carried on. Windows are half open, days elapsed time.
-- An invitation goes to somebody else, and not after their first purchase. A person's inviter is the one of the earliest invitation, of several at one
-- instant the least id; the others' invitations were sent all the same.
with purchases as (
  select customer_id, local_time, inviter_id,
    row_number() over (partition by customer_id order by local_time, net_minor, store_id nulls last, channel nulls last, inviter_id nulls first) as nth
  from orders cross join params
  where net_minor > 0 and cast(local_time as date) < until
),
joined as (
  select customer_id, min(joined_time) as joined_time
  from (
    select customer_id, joined_time from members cross join params where joins = 'members'
    union all select customer_id, joined_time from orders cross join params where joins = 'orders'
  ) as either
  group by customer_id
),
entrants as (
  select customer_id, local_time as first_time, inviter_id,
    cast(case granularity
      when 'week' then date_trunc('week', local_time - week_start * interval 1 day) + week_start * interval 1 day
      else date_trunc('month', local_time)
    end as date) as period_start
  from purchases cross join params
  where nth = 1
),
invitations as (
  select r.inviter_id, r.invitee_id, r.invited_time
  from referrals r cross join params left join entrants e on e.customer_id = r.invitee_id
  where invites = 'referrals' and r.inviter_id <> r.invitee_id and cast(r.invited_time as date) < until
    and (e.customer_id is null or r.invited_time <= e.first_time)
  union all
  select inviter_id, customer_id, first_time from entrants cross join params where invites = 'orders' and inviter_id is not null
),
inviters as (
  select invitee_id, inviter_id, invited_time, row_number() over (partition by invitee_id order by invited_time, inviter_id) as nth from invitations
),
step2 as (
  select e.customer_id, e.period_start, e.first_time,
    case when joins = 'none' then first_time
      when joined_time < first_time + h12 * interval 1 day and cast(joined_time as date) < until then greatest(joined_time, first_time)
    end as pool_time
  from entrants e cross join params left join joined using (customer_id)
),
step3 as (
  select s.*, case when has_touches then (
      select min(sent_time) from touches t
      where t.customer_id = s.customer_id and not t.is_control and cast(t.sent_time as date) < until
        and t.sent_time >= s.pool_time and t.sent_time < s.pool_time + h23 * interval 1 day
    ) else pool_time end as touch_time
  from step2 s cross join params
),
step4 as (
  select s.*, (
      select min(local_time) from purchases p
      where p.customer_id = s.customer_id and p.nth > 1
        and p.local_time >= s.touch_time and p.local_time < s.touch_time + h34 * interval 1 day
    ) as again_time
  from step3 s cross join params
),
step5 as (
  select s.*, (
      select min(invited_time) from invitations i
      where i.inviter_id = s.customer_id and i.invited_time >= s.again_time and i.invited_time < s.again_time + h45 * interval 1 day
    ) as invite_time
  from step4 s cross join params
)
select s.customer_id, s.period_start, s.first_time, s.pool_time, s.touch_time, s.again_time, s.invite_time, i.inviter_id, i.invited_time
from step5 s left join inviters i on i.invitee_id = s.customer_id and i.nth = 1
order by s.customer_id
