-- Reports and claims per outlet and day of publication, so that silence is not read as calm.
-- @source_id: The outlet.
-- @published_at: The day; NULL for reports whose day nothing tells.
-- @n_reports: Reports that day.
-- @n_near_duplicates: Of these, near-duplicates of earlier reports.
-- @n_claims: Claims in them.
-- @n_places: Places about which they claim something.
select
    r.source_id, r.published_at, count(*)::integer as n_reports, count(n.report_id)::integer as n_near_duplicates,
    coalesce(sum(c.n_claims), 0)::integer as n_claims, coalesce(max(p.n_places), 0)::integer as n_places
from staging.reports r
left join staging.near_duplicates n using (report_id)
left join (select report_id, count(*) as n_claims from staging.claims group by report_id) c using (report_id)
left join (
    select source_id, published_at, count(distinct place_id) as n_places from staging.claim_facts group by all
) p on p.source_id = r.source_id and p.published_at is not distinct from r.published_at
group by r.source_id, r.published_at
order by r.source_id, r.published_at
