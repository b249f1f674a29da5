-- Claims with what their report adds: day of publication, outlet, origin, and the claim that they repeat.
-- A claim repeats another where its report is a near-duplicate of that one's report and says the same of the same place.
-- Its origin is the claimant that it names; where that one is anonymous or nobody, it is the outlet. A side at war is one
-- origin, whoever of its people speaks and by whatever name.
-- A claim without days counts for its day of publication where it is told as news of the day, otherwise it stays undated.
select
    c.*,
    r.published_at,
    r.source_id,
    coalesce(n.near_duplicate_of, c.report_id) as first_report_id,
    o.claim_id as repeats_claim_id,
    case when c.claimed_by is not null and c.claimed_by_side is not null and c.attribution in ('belligerent', 'opposing_belligerent')
              then 'side:' || c.claimed_by_side
         when c.claimed_by is not null and c.attribution <> 'anonymous' then 'claimant:' || lower(c.claimed_by)
         when c.claimed_by is not null then 'outlet:' || r.source_id || ':' || lower(c.claimed_by)
         else 'outlet:' || r.source_id end as origin,
    coalesce(c.date_start, c.date_end, if(c.date_basis = 'published', r.published_at, null)) as first_day,
    coalesce(c.date_end, c.date_start, if(c.date_basis = 'published', r.published_at, null)) as last_day,
    not c.against_interest and coalesce(
        if((c.claim_type = 'withdrawal') = (c.status = 'denied'), c.claimed_by_side = c.actor_side, c.claimed_by_side <> c.actor_side), false)
        as partisan
from staging.claims c
join staging.reports r on r.report_id = c.report_id
left join staging.near_duplicates n on n.report_id = c.report_id
left join (
    select report_id, claim_type, place_id, actor_side, status, min(claim_id) as claim_id from staging.claims group by all
) o on o.report_id = n.near_duplicate_of and o.claim_type = c.claim_type and o.place_id = c.place_id
    and o.actor_side = c.actor_side and o.status = c.status
