-- The periods of the observation, day by day.
--
-- In:  orders(local_time timestamp)    valid orders: periods run from the first one's to the end of the observation
--      params(granularity varchar, week_start integer, until date)   one row: week | month; first day of the week, Monday 0; the exclusive end
-- Out: one row per day of these periods before the end: day, period_start, period_end (the day after its last), seen_end (the same, or the end of the
--        observation if that comes first).
with first_days as (
  select cast(case granularity
      when 'week' then date_trunc('week', day - week_start * interval 1 day) + week_start * interval 1 day
      else date_trunc('month', day)
    end as date) as first_day
  from (select min(cast(local_time as date)) as day from orders) as first_order cross join params
),
days as (
  select unnest(generate_series((select first_day from first_days), (select until - interval 1 day from params), interval 1 day)) as day
),
starts as (
  select cast(day as date) as day, granularity, until, cast(case granularity
      when 'week' then date_trunc('week', day - week_start * interval 1 day) + week_start * interval 1 day
      else date_trunc('month', day)
    end as date) as period_start
  from days cross join params
),
periods as (
  select day, period_start, until,
    cast(case granularity when 'week' then period_start + interval 7 day else period_start + interval 1 month end as date) as period_end
  from starts
)
select day, period_start, period_end, least(period_end, until) as seen_end from periods
