"""The tables of a build. Raise ``SCHEMA_VERSION`` with any change: it is part of the name of every build."""

SCHEMA_VERSION = 10

SCHEMA_FACT = "schema"
"""Under this name a build says by which layout it was written, so that no reader mistakes it for its own."""

OBSERVATION_COLUMNS = (
    "metric, authority, area_code, period, period_start, period_kind, breakdown, value, lower_95, upper_95, "
    "numerator, denominator, status, reason, note, in_lifetime, source, release, vintage, known_on, is_latest, "
    'file, sheet, row, "column", raw'
)

TABLES = """
CREATE TABLE fact (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE release (
    source VARCHAR, release VARCHAR, title VARCHAR, publisher VARCHAR, landing_page VARCHAR,
    published_on DATE, published_precision VARCHAR, published_note VARCHAR, path VARCHAR, sha256 VARCHAR,
    known_on DATE, vintage INTEGER, PRIMARY KEY (source, release));
CREATE TABLE release_file (source VARCHAR, release VARCHAR, path VARCHAR, sha256 VARCHAR, bytes BIGINT);
CREATE TABLE account (source VARCHAR, release VARCHAR, table_id VARCHAR, rows_read BIGINT, observations BIGINT);
CREATE TABLE refusal (source VARCHAR, release VARCHAR, table_id VARCHAR, reason VARCHAR, n BIGINT);
CREATE TABLE period (period_start DATE, period_kind VARCHAR, slug VARCHAR);
CREATE TABLE metric_series (metric VARCHAR PRIMARY KEY, source VARCHAR, series VARCHAR);
CREATE TABLE summary (
    metric VARCHAR, group_id VARCHAR, period VARCHAR, n INTEGER, median DOUBLE, mad DOUBLE, spread DOUBLE,
    lower_quartile DOUBLE, upper_quartile DOUBLE, low DOUBLE, high DOUBLE, refused VARCHAR);
CREATE TABLE coverage (metric VARCHAR, period VARCHAR, period_end DATE, figures INTEGER, members INTEGER);
CREATE TABLE jump (
    metric VARCHAR, authority VARCHAR, period VARCHAR, earlier VARCHAR, value DOUBLE, before DOUBLE, factor DOUBLE,
    looks_like_units BOOLEAN);
CREATE TABLE comparison (
    kind VARCHAR, source VARCHAR, series VARCHAR, other_source VARCHAR, other_series VARCHAR, tolerance DOUBLE,
    compared INTEGER, differing INTEGER, explained INTEGER, largest DOUBLE);
"""

LATEST = """
row_number() OVER (
    PARTITION BY metric, coalesce(authority, area_code), period_start, breakdown ORDER BY vintage DESC) = 1 AS is_latest
"""

JOINED = f"""
CREATE TEMP TABLE joined AS
SELECT m.metric, o.authority, o.area_code, p.slug AS period, o.period_start, o.period_kind, o.breakdown,
    o.value, o.lower_95, o.upper_95, o.numerator, o.denominator, o.status, o.reason, o.note, o.in_lifetime,
    o.source, o.release, r.vintage, r.known_on, {LATEST}, o.file, o.sheet, o.row, o."column", o.raw
FROM read_parquet($paths) o
JOIN metric_series m USING (source, series)
JOIN release r USING (source, release)
JOIN period p USING (period_start, period_kind)
"""

DERIVED = """
INSERT INTO joined SELECT $metric AS metric, o.authority, o.area_code, d.period, d.period_start, d.period_kind, '',
    d.value, NULL, NULL, d.numerator, d.denominator, d.status, d.reason, d.note, d.in_lifetime,
    o.source, o.release, d.vintage, d.known_on, d.is_latest, o.file, o.sheet, o.row, o."column", o.raw
FROM derived d JOIN joined o ON o.rowid = d.source_row
"""
"""Derived figures join the published ones. Each carries the cell of the operand that was published last."""

SORTED_COPIES = f"""
CREATE TABLE observation_by_metric AS SELECT {OBSERVATION_COLUMNS} FROM joined
    ORDER BY metric, period_start, authority, vintage;
CREATE TABLE observation_by_area AS SELECT {OBSERVATION_COLUMNS} FROM joined WHERE NOT contains(metric, '/')
    ORDER BY area_code, metric, period_start, vintage;
DROP TABLE joined;
"""
"""The same observations twice: a metric's page reads one, an authority's the other (worth 20 to 50 times).

Series that only stand behind derived metrics (``source/series``) belong to no authority's page.
"""
