-- Whether a quantity has a trend: Theil and Sen's slope, and Mann and Kendall's z.
--
-- In:  points(period integer, value double)    the periods looked at, at most twelve; value as its trend is taken, costs and values as logarithms
-- Out: one row: slope (median of the slopes between all pairs), z (of S against time: variance corrected for ties, S brought towards 0 by one).
with pairs as (
  select (b.value - a.value) / (b.period - a.period) as slope, sign(b.value - a.value) as sign from points a join points b on b.period > a.period
),
ties as (select count(*) as n from points group by value),
spread as (
  select ((select count(*) * (count(*) - 1) * (2 * count(*) + 5) from points) - (select sum(n * (n - 1) * (2 * n + 5)) from ties)) / 18.0 as variance
),
trend as (select sum(sign) as s, median(slope) as slope from pairs)
select slope, case when variance > 0 then (s - sign(s)) / sqrt(variance) else 0 end as z
from trend cross join spread
