-- Referrals: who invited whom, as the rows say it; which invitation counts is for the metrics to say.
--
-- In:  export(row bigint, inviter_id varchar, invitee_id varchar, invited_at timestamp, accepted_at timestamp)
--        one row per row of the file, null where a column is not mapped; times as written, without a zone
--      ingest(utc_offset_minutes integer, utc_columns varchar[])   one row: the columns whose times are UTC
-- Out: one row per row of the file: row, reason, inviter_id, invitee_id, invited_time, accepted_time. reason is null where the row is used.
select row,
  case
    when coalesce(inviter_id, '') = '' or coalesce(invitee_id, '') = '' then 'null_customer'
    when invited_at is null then 'null_time'
  end as reason,
  inviter_id, invitee_id,
  invited_at + (case when list_contains(utc_columns, 'invited_at') then utc_offset_minutes else 0 end) * interval 1 minute as invited_time,
  accepted_at + (case when list_contains(utc_columns, 'accepted_at') then utc_offset_minutes else 0 end) * interval 1 minute as accepted_time
from export cross join ingest
