-- Outlets, as far as the theatre or a report names them.
-- @source_id: Id of the outlet, as reports carry it.
-- @name: Name for people; the id where the theatre does not know the outlet.
-- @kind: state, party, agency, newspaper, broadcaster, monitor, blog or unknown.
-- @leaning_side: The side whose cause it serves; NULL for an independent or unknown one.
-- @is_listed: True where the theatre lists it.
-- @n_reports: Reports of it in the lake.
-- @first_report_on: Publication day of its first report.
-- @last_report_on: Publication day of its last report.
select
    source_id, coalesce(s.name, source_id) as name, coalesce(s.kind, 'unknown') as kind, s.leaning as leaning_side,
    s.source_id is not null as is_listed, coalesce(r.n, 0)::integer as n_reports, r.first_on as first_report_on, r.last_on as last_report_on
from staging.theatre_sources s
full join (
    select source_id, count(*) as n, min(published_at) as first_on, max(published_at) as last_on from staging.reports group by source_id
) r using (source_id)
order by source_id
