-- Reports, outlets and claims of each day on which anything was published; days are counted from 1970-01-01.
-- @n: Number of the row.
-- @day: The day of publication.
-- @reports: Reports, near-duplicates left out.
-- @outlets: Outlets that published any.
-- @claims: Claims in them.
select row_number() over (order by published_at) - 1 as n, published_at - date '1970-01-01' as day,
    sum(n_reports - n_near_duplicates)::integer as reports, count(distinct source_id)::integer as outlets, sum(n_claims)::integer as claims
from coverage
where published_at is not null
group by published_at
