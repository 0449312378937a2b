-- What became of every invitation in the referrals table.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint), referrals(inviter_id varchar, invitee_id varchar, invited_time timestamp)
--        valid rows, local wall clock of one UTC offset
--      params(until date)    one row: observation ends before this day
-- Out: one row: rows, self_referrals (to oneself), late_referrals (after the invitee's first purchase), superseded (another invitation of the invitee
--        counts: the earliest, of several at one instant that of the least inviter), unanswered (the invitee has not bought), effective.
with first_purchases as (
  select customer_id, min(local_time) as first_time
  from orders cross join params where net_minor > 0 and cast(local_time as date) < until
  group by customer_id
),
judged as (
  select r.*, f.first_time,
    r.inviter_id = r.invitee_id as is_self,
    r.inviter_id <> r.invitee_id and coalesce(r.invited_time > f.first_time, false) as is_late
  from referrals r cross join params left join first_purchases f on f.customer_id = r.invitee_id
  where cast(r.invited_time as date) < until
),
ranked as (
  select *, row_number() over (partition by invitee_id, is_self or is_late order by invited_time, inviter_id) as nth from judged
)
select count(*) as rows,
  count(*) filter (where is_self) as self_referrals,
  count(*) filter (where is_late) as late_referrals,
  count(*) filter (where not is_self and not is_late and nth > 1) as superseded,
  count(*) filter (where not is_self and not is_late and nth = 1 and first_time is null) as unanswered,
  count(*) filter (where not is_self and not is_late and nth = 1 and first_time is not null) as effective
from ranked
