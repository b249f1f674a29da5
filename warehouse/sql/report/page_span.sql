-- From when to when the report page reaches, and how much stands behind it; days are counted from 1970-01-01.
-- @n: 0.
-- @first_day: The first day of which anything is told; NULL where nothing is.
-- @first_published: The first day of publication.
-- @last_day: The last day of publication.
-- @reports: Reports.
-- @repeats: Of these, near-duplicates of earlier ones.
-- @undated_reports: Reports whose day of publication nothing tells.
-- @claims: Claims in them.
-- @outlets: Outlets.
-- @carried_after: Days of silence after which a hold counts as carried forward.
-- @unresolved: Issues that the runs could not resolve.
select 0 as n, (select min(valid_from) from control) - date '1970-01-01' as first_day, min(r.published_at) - date '1970-01-01' as first_published,
    max(r.published_at) - date '1970-01-01' as last_day, count(*) as reports, count(r.near_duplicate_of) as repeats,
    count(*) filter (r.published_at is null) as undated_reports, (select count(*) from claims) as claims, count(distinct r.source_id) as outlets,
    (select carried_after_days from rule_sets where rule_set = 'main') as carried_after, (select count(*) from issues) as unresolved
from reports r
