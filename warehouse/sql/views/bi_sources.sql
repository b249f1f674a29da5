-- For BI tools: one row an outlet. Key: source_id.
-- @source_id: Key of the outlet.
-- @source: Name for people.
-- @kind: state, party, agency, newspaper, broadcaster, monitor, blog or unknown.
-- @leaning_id: The side whose cause it serves; NULL for an independent or unknown one.
-- @leaning: Name of that side.
-- @is_listed: True where the theatre lists it.
-- @reports: Its reports.
-- @claims: Claims in them.
-- @first_report_on: Day of its first report.
-- @last_report_on: Day of its last report.
-- @silent_days: Days in its silences of three days and more.
with claimed as (
    select source_id, sum(n_claims) as n from coverage group by source_id
),
silent as (
    select source_id, sum(days) as n from coverage_gaps group by source_id
)
select s.source_id, s.name as source, s.kind, s.leaning_side as leaning_id, d.name as leaning, s.is_listed, s.n_reports as reports,
    coalesce(c.n, 0)::integer as claims, s.first_report_on, s.last_report_on, coalesce(g.n, 0)::integer as silent_days
from sources s
left join sides d on d.side_id = s.leaning_side
left join claimed c using (source_id)
left join silent g using (source_id)
