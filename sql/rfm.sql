-- RFM: recency, frequency and monetary of every customer with a purchase in the window, scored 1 to 5, and its segment.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint)  valid orders, local wall clock, money in minor units
--      params, one row:
--        as_of date                as-of day A: orders on it and later are not looked at
--        window_days integer       the window is [A − window_days, A); null looks at all history
--        frequency_by_day boolean  frequency counts days with a purchase instead of purchases
--        frequency_mode varchar    one_plus_quartile | midrank
--        count_zero boolean        whether orders with net <= 0 are purchases
-- Out: one row per customer with a purchase in the window, ascending by customer_id:
--        customer_id, recency_days, frequency, monetary_minor, r, f, m, fm, segment_grid, segment_rules11
--
-- recency    local days from the last purchase to the last day looked at, fewer is better
-- frequency  purchases in the window
-- monetary   net of all valid orders in the window, uncounted ones (refunds, gifts) included
-- midrank    1 + floor(5 · (2 · less + equal) / 2n), at most 5: `less` and `equal` count the customers with a worse and with the same value
-- one_plus_quartile  1 for frequency 1; for the others 1 + midrank in four bins among themselves
-- fm         (f + m) / 2, rounded half up
with seen as (
  select customer_id, cast(local_time as date) as day, net_minor, (net_minor > 0 or count_zero) as is_purchase
  from orders cross join params
  where cast(local_time as date) < as_of
    and (window_days is null or date_diff('day', cast(local_time as date), as_of) <= window_days)
),
customers as (
  select customer_id,
    max(case when is_purchase then day end) as last_day,
    sum(case when is_purchase then 1 else 0 end) as purchases,
    count(distinct case when is_purchase then day end) as purchase_days,
    sum(net_minor) as monetary_minor
  from seen
  group by customer_id
),
raw_values as (
  select customer_id, date_diff('day', last_day, as_of) - 1 as recency_days,
    cast(case when frequency_by_day then purchase_days else purchases end as bigint) as frequency,
    cast(monetary_minor as bigint) as monetary_minor
  from customers cross join params
  where purchases > 0
),
ranks as (
  -- `less` = rank − 1, within the group that frequency is scored in for f
  select *,
    count(*) over () as n,
    rank() over (order by recency_days desc) - 1 as r_less, count(*) over (partition by recency_days) as r_equal,
    rank() over (order by monetary_minor) - 1 as m_less, count(*) over (partition by monetary_minor) as m_equal,
    rank() over (order by frequency) - 1 as f_less, count(*) over (partition by frequency) as f_equal,
    sum(case when frequency = 1 then 1 else 0 end) over () as once
  from raw_values
),
scores as (
  select customer_id, recency_days, frequency, monetary_minor,
    cast(least(5, 1 + (5 * (2 * r_less + r_equal)) // (2 * n)) as integer) as r,
    cast(case
      when frequency_mode = 'midrank' then least(5, 1 + (5 * (2 * f_less + f_equal)) // (2 * n))
      when frequency = 1 then 1
      else least(5, 2 + (4 * (2 * (f_less - once) + f_equal)) // (2 * (n - once)))
    end as integer) as f,
    cast(least(5, 1 + (5 * (2 * m_less + m_equal)) // (2 * n)) as integer) as m
  from ranks cross join params
),
combined as (select *, cast((f + m + 1) // 2 as integer) as fm from scores)
select *,
  case
    when r = 5 then case when fm >= 4 then 'champions' when fm >= 2 then 'active' else 'new' end
    when r = 4 then case when fm >= 4 then 'loyal' when fm >= 2 then 'active' else 'promising' end
    when r = 3 then case when fm >= 4 then 'loyal' when fm = 3 then 'needs_attention' else 'almost_lost' end
    else case when fm = 5 then 'previously_loyal' when fm >= 3 then 'at_risk' else 'dormant' end
  end as segment_grid,
  case
    when r >= 4 and f >= 4 and m >= 4 then 'champions'
    when r <= 2 and f >= 4 and m >= 4 then 'cannot_lose'
    when r <= 2 and (f >= 3 or m >= 4) then 'at_risk'
    when r = 1 then 'lost'
    when r = 2 then 'hibernating'
    when f >= 4 then 'loyal'
    when r = 5 and f = 1 then 'new'
    when r = 4 and f = 1 then 'promising'
    when r >= 4 then 'potential_loyal'
    when f = 3 or m >= 4 then 'needs_attention'
    else 'about_to_sleep'
  end as segment_rules11
from combined
order by customer_id
