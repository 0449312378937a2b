-- Whether the loop turns faster: each step's headline against its own past.
--
-- In:  headlines(step integer, t integer, num bigint, den bigint, mature boolean)    the six headlines over consecutive periods, step 1 to 6
--      weights(step integer, weight double)
--      params(base varchar, back integer)    one row: previous_three | last_year; periods in a year (12 or 52)
-- Out: one row per step and one for all (step null): momentum_index = 100 * exp(g), acceleration = g - g of the period before, n (steps in the index).
--
-- g = ln h of the last mature period less the mean of ln h over its base: the three periods before, or the one a year before. All of them must be mature
-- with a denominator. h = (num + 0.5) / (den + 1) of a share, (num + 0.5) / (den + 0.5) of step 6. Over all steps: the weighted mean of what there is.
with logs as (
  select step, t, ln((num + 0.5) / (den + case when step = 6 then 0.5 else 1 end)) as log_h
  from headlines where mature and den > 0 and num >= 0
),
changes as (
  select now.step, now.t,
    now.log_h - case base when 'last_year' then year.log_h else (one.log_h + two.log_h + three.log_h) / 3 end as g
  from logs now cross join params
  left join logs one on one.step = now.step and one.t = now.t - 1
  left join logs two on two.step = now.step and two.t = now.t - 2
  left join logs three on three.step = now.step and three.t = now.t - 3
  left join logs year on year.step = now.step and year.t = now.t - back
),
last as (select step, max(t) as t from headlines where mature group by step),
steps as (
  select w.step, w.weight, now.g, now.g - before.g as acceleration
  from weights w
  left join last l on l.step = w.step
  left join changes now on now.step = l.step and now.t = l.t
  left join changes before on before.step = l.step and before.t = l.t - 1
)
select step, 100 * exp(g) as momentum_index, acceleration, cast(g is not null and weight > 0 as integer) as n from steps
union all
select null,
  100 * exp(sum(g * weight) / nullif(sum(weight) filter (where g is not null), 0)),
  sum(acceleration * weight) / nullif(sum(weight) filter (where acceleration is not null), 0),
  count(g)
from steps where weight > 0
order by step nulls last
