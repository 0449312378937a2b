-- RFM: recency, frequency and monetary of every customer with a purchase in the window, scored 1 to `bins`, and its segment.
--
-- In:  orders(customer_id varchar, local_time timestamp, net_minor bigint, cost_minor bigint)  valid orders, local wall clock, money in minor units
--      params, one row:
--        as_of date                as-of day A: orders on it and later are not looked at
--        window_days integer       the window is [A − window_days, A); null looks at all history
--        frequency_by_day boolean  frequency counts days with a purchase instead of purchases
--        monetary varchar          net | aov (net / purchases) | margin (net − cost of the orders whose cost is known)
--        count_zero boolean        whether orders with net <= 0 are purchases
--        bins integer              3 to 5
--        recency_mode, frequency_mode, monetary_mode varchar   how values become scores, see below
--        r_2 … r_5, f_2 … f_5, m_2 … m_5   mode fixed: at most how many days, at least how many orders and minor units each score needs
--        cn8_by varchar, cn8_score integer  mean | median | score
-- Out: one row per customer with a purchase in the window, ascending by customer_id:
--        customer_id, recency_days, frequency, orders, net_minor, monetary_minor, r, f, m, fm, segment_grid, segment_rules11, segment_cn8
--
-- recency    local days from the last purchase to the last day looked at, fewer is better
-- frequency  purchases in the window
-- net        of all valid orders in the window, uncounted ones (refunds, gifts) included
-- Modes, b bins, n customers; `less` and `equal` count the customers with a worse and with the same value:
--   midrank            1 + floor(b · (2 · less + equal) / 2n), at most b
--   one_plus_quartile  frequency: 1 for 1; for the others 1 + midrank in b − 1 bins among themselves
--   nearest_rank       1 + the cut-points below, which are the values at ranks ceil(j · n / b): 1 + floor(b · less / n)
--   fixed              1 + the thresholds reached
--   ntile              groups of equal size, ties by the last purchase, then by customer_id
--   nested             midrank among the customers of one r (frequency), or of one r and f (monetary)
-- fm         (f + m) / 2, rounded half up
-- cn8        high on an axis: better than the mean (of aov: Σ net / Σ purchases) or median of the values, or a score of at least cn8_score
with seen as (
  select customer_id, local_time, cast(local_time as date) as day, net_minor, net_minor - cost_minor as margin_minor,
    (net_minor > 0 or count_zero) as is_purchase
  from orders cross join params
  where cast(local_time as date) < as_of
    and (window_days is null or date_diff('day', cast(local_time as date), as_of) <= window_days)
),
customers as (
  select customer_id,
    max(case when is_purchase then local_time end) as last_time,
    sum(case when is_purchase then 1 else 0 end) as purchases,
    count(distinct case when is_purchase then day end) as purchase_days,
    cast(sum(net_minor) as bigint) as net_minor,
    cast(coalesce(sum(margin_minor), 0) as bigint) as margin_minor
  from seen
  group by customer_id
),
raw_values as (
  select customer_id, last_time, date_diff('day', cast(last_time as date), as_of) - 1 as recency_days,
    cast(case when frequency_by_day then purchase_days else purchases end as bigint) as frequency,
    cast(purchases as bigint) as orders, net_minor,
    case monetary when 'aov' then net_minor / purchases when 'margin' then cast(margin_minor as double) else cast(net_minor as double) end as monetary_minor
  from customers cross join params
  where purchases > 0
),
r_ranks as (
  select *, count(*) over () as n,
    rank() over (order by recency_days desc) - 1 as less, count(*) over (partition by recency_days) as equal,
    row_number() over (order by recency_days desc, last_time, customer_id) - 1 as place
  from raw_values
),
r_scored as (
  select r_ranks.* exclude (n, less, equal, place),
    cast(case
      when recency_mode = 'nearest_rank' then 1 + (bins * less) // n
      when recency_mode = 'ntile' and place < (n % bins) * (n // bins + 1) then 1 + place // (n // bins + 1)
      when recency_mode = 'ntile' then 1 + n % bins + (place - (n % bins) * (n // bins + 1)) // (n // bins)
      when recency_mode = 'fixed' then 1 + case when recency_days <= r_2 then 1 else 0 end + case when recency_days <= r_3 then 1 else 0 end + case when recency_days <= r_4 then 1 else 0 end + case when recency_days <= r_5 then 1 else 0 end
      else least(bins, 1 + (bins * (2 * less + equal)) // (2 * n))
    end as integer) as r
  from r_ranks cross join params
),
f_ranks as (
  select *, count(*) over () as n,
    rank() over (order by frequency) - 1 as less, count(*) over (partition by frequency) as equal,
    row_number() over (order by frequency, last_time, customer_id) - 1 as place,
    sum(case when frequency = 1 then 1 else 0 end) over () as once,
    count(*) over (partition by r) as n_within,
    rank() over (partition by r order by frequency) - 1 as less_within, count(*) over (partition by r, frequency) as equal_within
  from r_scored
),
f_scored as (
  select f_ranks.* exclude (n, less, equal, place, once, n_within, less_within, equal_within),
    cast(case
      when frequency_mode = 'one_plus_quartile' and frequency = 1 then 1
      when frequency_mode = 'one_plus_quartile' then least(bins, 2 + ((bins - 1) * (2 * (less - once) + equal)) // (2 * (n - once)))
      when frequency_mode = 'nested' then least(bins, 1 + (bins * (2 * less_within + equal_within)) // (2 * n_within))
      when frequency_mode = 'nearest_rank' then 1 + (bins * less) // n
      when frequency_mode = 'ntile' and place < (n % bins) * (n // bins + 1) then 1 + place // (n // bins + 1)
      when frequency_mode = 'ntile' then 1 + n % bins + (place - (n % bins) * (n // bins + 1)) // (n // bins)
      when frequency_mode = 'fixed' then 1 + case when frequency >= f_2 then 1 else 0 end + case when frequency >= f_3 then 1 else 0 end + case when frequency >= f_4 then 1 else 0 end + case when frequency >= f_5 then 1 else 0 end
      else least(bins, 1 + (bins * (2 * less + equal)) // (2 * n))
    end as integer) as f
  from f_ranks cross join params
),
m_ranks as (
  select *, count(*) over () as n,
    rank() over (order by monetary_minor) - 1 as less, count(*) over (partition by monetary_minor) as equal,
    row_number() over (order by monetary_minor, last_time, customer_id) - 1 as place,
    count(*) over (partition by r, f) as n_within,
    rank() over (partition by r, f order by monetary_minor) - 1 as less_within, count(*) over (partition by r, f, monetary_minor) as equal_within
  from f_scored
),
m_scored as (
  select m_ranks.* exclude (n, less, equal, place, n_within, less_within, equal_within),
    cast(case
      when monetary_mode = 'nested' then least(bins, 1 + (bins * (2 * less_within + equal_within)) // (2 * n_within))
      when monetary_mode = 'nearest_rank' then 1 + (bins * less) // n
      when monetary_mode = 'ntile' and place < (n % bins) * (n // bins + 1) then 1 + place // (n // bins + 1)
      when monetary_mode = 'ntile' then 1 + n % bins + (place - (n % bins) * (n // bins + 1)) // (n // bins)
      when monetary_mode = 'fixed' then 1 + case when monetary_minor >= m_2 then 1 else 0 end + case when monetary_minor >= m_3 then 1 else 0 end + case when monetary_minor >= m_4 then 1 else 0 end + case when monetary_minor >= m_5 then 1 else 0 end
      else least(bins, 1 + (bins * (2 * less + equal)) // (2 * n))
    end as integer) as m
  from m_ranks cross join params
),
levels as (
  select *, count(*) over () as n,
    sum(recency_days) over () as all_days, sum(frequency) over () as all_frequency, sum(monetary_minor) over () as all_monetary,
    sum(net_minor) over () as all_net, sum(orders) over () as all_orders,
    median(recency_days) over () as median_days, median(frequency) over () as median_frequency, median(monetary_minor) over () as median_monetary
  from m_scored
),
combined as (
  select customer_id, recency_days, frequency, orders, net_minor, monetary_minor, r, f, m, bins,
    cast((f + m + 1) // 2 as integer) as fm,
    case cn8_by when 'score' then r >= cn8_score when 'median' then recency_days < median_days else recency_days * n < all_days end as is_recent,
    case cn8_by when 'score' then f >= cn8_score when 'median' then frequency > median_frequency else frequency * n > all_frequency end as is_frequent,
    case
      when cn8_by = 'score' then m >= cn8_score
      when cn8_by = 'median' then monetary_minor > median_monetary
      when monetary = 'aov' then cast(net_minor as decimal(38, 0)) * all_orders > cast(all_net as decimal(38, 0)) * orders
      else monetary_minor * n > all_monetary
    end as is_great
  from levels cross join params
)
select customer_id, recency_days, frequency, orders, net_minor, monetary_minor, r, f, m, fm,
  case
    when bins < 5 then null
    when r = 5 then case when fm >= 4 then 'champions' when fm >= 2 then 'active' else 'new' end
    when r = 4 then case when fm >= 4 then 'loyal' when fm >= 2 then 'active' else 'promising' end
    when r = 3 then case when fm >= 4 then 'loyal' when fm = 3 then 'needs_attention' else 'almost_lost' end
    else case when fm = 5 then 'previously_loyal' when fm >= 3 then 'at_risk' else 'dormant' end
  end as segment_grid,
  case
    when bins < 5 then null
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
  end as segment_rules11,
  case when is_great then 'important_' else 'general_' end
    || case
      when is_recent and is_frequent then 'value'
      when is_recent then 'develop'
      when is_frequent then 'keep'
      else 'win_back'
    end as segment_cn8
from combined
order by customer_id
