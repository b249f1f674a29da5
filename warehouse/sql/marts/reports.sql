-- One article as published (its full text stays in the lake).
-- @near_duplicate_of: The first published report with nearly the same text; NULL where there is none.
-- @n_claims: Claims that were found in it.
select
    r.report_id, r.doc_id, r.source_id, r.url, r.title, r.published_at, r.published_time, r.published_basis, r.published_in_metadata,
    r.lang, r.n_chars, n.near_duplicate_of, r.raw_hash, r.raw_path, r.landed_at, r.run_id, coalesce(c.n, 0)::integer as n_claims
from staging.reports r
left join staging.near_duplicates n using (report_id)
left join (select report_id, count(*) as n from staging.claims group by report_id) c using (report_id)
order by r.published_at, r.report_id
