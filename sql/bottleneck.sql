-- The step that holds the loop back: how far each is below what it has shown to be possible.
--
-- In:  headlines(step integer, t integer, num bigint, den bigint, mature boolean)    the six headlines over consecutive periods, step 1 to 6
--      slices(step integer, num bigint, den bigint)    where slices are asked for: the headline of each slice in the last mature period of the step
--      params(by_slice boolean)    one row
-- Out: one row per step: now, best, slices (with den >= 30), headroom = ln(best) - ln(now), null where one of them is 0.
--
-- Best is the step's own best of its last 12 mature periods, or the 90th percentile (linear between neighbours) of at least five slices with den >= 30.
with mature as (
  select step, num / nullif(den, 0) as h, row_number() over (partition by step order by t desc) as age from headlines where mature
),
present as (select step, h as now from mature where age = 1),
own as (select step, max(h) as best from mature where age <= 12 group by step),
large as (select step, count(*) as slices, quantile_cont(num / den, 0.9) as p90 from slices where den >= 30 group by step),
found as (
  select p.step, p.now, case when by_slice then coalesce(l.slices, 0) end as slices,
    case when not by_slice then o.best when l.slices >= 5 then l.p90 end as best
  from present p cross join params left join own o using (step) left join large l using (step)
)
select step, now, best, slices, case when now > 0 and best > 0 then ln(best) - ln(now) end as headroom from found order by step
