-- Who invites, and whom invitations bring, from the referrals table.
--
-- In:  calendar, pool_members, chain    the rows of periods.sql, pool_members.sql and chain.sql
--      orders(customer_id varchar, local_time timestamp, net_minor bigint),
--      referrals(inviter_id varchar, invitee_id varchar, invited_time timestamp, accepted_time timestamp)
--        valid rows, local wall clock of one UTC offset
--      params(h56 integer, …)   one row: days in which an invitation may be answered
-- Out: metric, period_start, num, den; whether those days have passed is for the reader to see:
--        advocacy_rate         of the customers active in t - 1 or members at its end, those who sent an invitation in t
--        invites_per_inviter   invitations sent in t / people who sent them
--        accept_rate           of these, accepted, or followed by the first purchase of whom they brought, within h56 days
--        m56                   new buyers those invitations brought within h56 days / people who sent them
--
-- An invitation goes to somebody else, and not after their first purchase. Of several invitations of a person, the earliest brings them; of several at
-- one instant that of the least inviter.
with judged as (
  select r.inviter_id, c.period_start,
    coalesce(r.inviter_id = e.inviter_id and r.invited_time = e.invited_time and e.first_time < r.invited_time + h56 * interval 1 day, false)
      or coalesce(r.accepted_time < r.invited_time + h56 * interval 1 day, false) as accepted
  from referrals r join calendar c on c.day = cast(r.invited_time as date) cross join params left join chain e on e.customer_id = r.invitee_id
  where r.inviter_id <> r.invitee_id and (e.customer_id is null or r.invited_time <= e.first_time)
),
sent as (
  select period_start, count(*) as n, count(distinct inviter_id) as inviters, count(*) filter (where accepted) as accepted from judged group by period_start
),
brought as (
  select c.period_start, count(*) as n
  from chain e join calendar c on c.day = cast(e.invited_time as date) cross join params
  where e.inviter_id is not null and e.first_time < e.invited_time + h56 * interval 1 day
  group by c.period_start
),
periods as (
  select period_start, lead(period_start) over (order by period_start) as next_start from (select distinct period_start from calendar) as p
),
reachable as (
  -- by the period after the one they are reachable in
  select p.next_start as period_start, o.customer_id
  from orders o join calendar c on c.day = cast(o.local_time as date) join periods p on p.period_start = c.period_start
  where o.net_minor > 0 and p.next_start is not null
  union
  select p.next_start, m.customer_id from pool_members m join periods p using (period_start) where m.is_member and p.next_start is not null
),
advocates as (
  select j.period_start, count(distinct j.inviter_id) as n
  from judged j join reachable r on r.period_start = j.period_start and r.customer_id = j.inviter_id
  group by j.period_start
)
select 'invites_per_inviter' as metric, period_start, n as num, inviters as den from sent
union all select 'accept_rate', period_start, accepted, n from sent
union all select 'm56', s.period_start, coalesce(b.n, 0), s.inviters from sent s left join brought b using (period_start)
union all select 'advocacy_rate', r.period_start, coalesce(max(a.n), 0), count(*) from reachable r left join advocates a using (period_start) group by r.period_start
order by metric, period_start
