-- The reports in the report page from which a claim bears on control, numbered from 0.
-- @n: Number of the report.
-- @id: The report.
-- @source: Number of the outlet.
-- @title: Headline.
-- @url: Address, where it has one that a browser can open.
select row_number() over (order by r.report_id) - 1 as n, r.report_id as id, o.n as source, coalesce(r.title, '') as title,
    if(regexp_matches(r.url, '^https?://', 'i'), r.url, '') as url
from reports r
join page_sources o on o.id = r.source_id
where r.report_id in (select report_id from claims join control_evidence using (claim_id))
