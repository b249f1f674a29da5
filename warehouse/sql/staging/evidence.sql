-- What merging and control read: one row a claim that repeats no other, days as numbers since 1970-01-01, place by place.
select
    claim_id, place_id, claim_type, status, actor_side as side, opponent_side,
    least(first_day, last_day) - date '1970-01-01' as first, greatest(first_day, last_day) - date '1970-01-01' as last,
    date_basis in ('explicit', 'relative') as dated, published_at - date '1970-01-01' as published,
    extent, partisan, against_interest, origin, source_id, confidence
from staging.claim_facts
where repeats_claim_id is null and status in ('happened', 'denied')
order by place_id, published_at, claim_id
