-- For BI tools: one row an outlet and day, from its first to its last report, days without a report among them as zero.
-- Key: source_id, day; source_id joins bi_sources.
-- @source_id: Joins bi_sources.
-- @source: Name of the outlet.
-- @day: The day.
-- @month: First day of its month.
-- @reports: Reports that it published.
-- @near_duplicates: Of these, near-duplicates of earlier reports.
-- @claims: Claims in them.
-- @places: Places about which they claim something.
-- @is_silent: True where it published nothing.
select s.source_id, s.name as source, d.day, d.month, coalesce(c.n_reports, 0) as reports, coalesce(c.n_near_duplicates, 0) as near_duplicates,
    coalesce(c.n_claims, 0) as claims, coalesce(c.n_places, 0) as places, c.n_reports is null as is_silent
from sources s
join calendar d on d.day between s.first_report_on and s.last_report_on
left join coverage c on c.source_id = s.source_id and c.published_at = d.day
