"""What the reader asks of a build, in its own language. ``{newest}`` stands for ``vintages.newest_rows``."""

CELL = """
SELECT authority, area_code, period_start, period_kind, value, reason, status, lower_95, upper_95, numerator,
    denominator, note, in_lifetime, file, sheet, row, "column", raw, source, release
FROM observation_by_metric
WHERE metric = $metric AND authority = $authority AND breakdown = '' AND period_start BETWEEN $first AND $last
    AND known_on <= $day
ORDER BY period_start DESC, vintage DESC, in_lifetime DESC
"""

NEWEST_CELLS = """
SELECT metric, authority, area_code, period_start, period_kind, value, reason, status, lower_95, upper_95, numerator,
    denominator, note, in_lifetime, file, sheet, row, "column", raw, source, release
FROM observation_by_area
WHERE area_code IN (SELECT unnest($areas)) AND authority = $authority AND breakdown = '' AND in_lifetime
    AND known_on <= $day
QUALIFY row_number() OVER (PARTITION BY metric ORDER BY period_start DESC, vintage DESC) = 1
ORDER BY metric
"""

STARTS = "SELECT DISTINCT period_start FROM observation_by_metric WHERE metric = $metric AND period = $period"

REASONS = "SELECT authority, period, reason FROM {newest} WHERE metric = $metric AND reason IS NOT NULL"

SUMMARIES = "SELECT * EXCLUDE (metric, group_id) FROM summary WHERE metric = $metric AND group_id = $group"

COUNTS = """
SELECT count(*) AS observations, count(value) AS figures, count(DISTINCT metric) AS metrics,
    count(DISTINCT authority) AS authorities, count(DISTINCT (source, release)) AS releases
FROM observation_by_metric WHERE NOT contains(metric, '/') AND known_on <= $day
"""
"""Series that only stand behind derived metrics (``source/series``) are not counted as metrics."""

BY_METRIC = "SELECT metric, count(value) FROM {newest} WHERE NOT contains(metric, '/') GROUP BY metric"

PAIRS = """
SELECT metric, authority, area_code, period, release, value, status,
    lag(release) OVER earlier AS r0, lag(value) OVER earlier AS v0, lag(status) OVER earlier AS s0
FROM observation_by_metric SEMI JOIN (
    SELECT arg_min(metric, contains(metric, '/')) AS metric FROM metric_series GROUP BY source, series) USING (metric)
WHERE source = $source AND known_on <= $day
WINDOW earlier AS (PARTITION BY metric, coalesce(authority, area_code), period_start, breakdown ORDER BY vintage)
QUALIFY r0 IS NOT NULL
ORDER BY metric, area_code, period_start, vintage
"""
