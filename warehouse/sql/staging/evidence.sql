-- What merging and control read: one row a claim that repeats no other, days as numbers since 1970-01-01, place by place.
-- "X, the last stronghold of south, fell to north": who is called its holder in the news of its fall held it before. Such a
-- claim of control speaks of the day of the fall at the latest.
-- "Besieged since 2013" vouches for the end of that year and not for its first day: a state of which only the year of its begin is
-- told has surely begun by then.
with fallen as (
    select report_id, place_id, actor_side, min(first_day) as fell_on
    from staging.claim_facts
    where status = 'happened' and claim_type in ('capture', 'handover') and extent = 'all' and actor_side <> 'unknown'
        and first_day >= published_at - 7
    group by all
),
facts as (
    select c.* replace (least(c.first_day, f.fell_on) as first_day, least(c.last_day, f.fell_on) as last_day)
    from (
        select * replace (
            if(claim_type in ('control', 'siege') and date_start = date_trunc('year', date_start) and trim(date_text) = year(date_start)::varchar,
               least(make_date(year(date_start)::integer, 12, 31), last_day), first_day) as first_day)
        from staging.claim_facts
    ) c
    left join (
        select c.claim_id, min(f.fell_on) as fell_on
        from staging.claim_facts c
        join fallen f on f.report_id = c.report_id and f.place_id = c.place_id and f.actor_side <> c.actor_side
        where c.claim_type = 'control' and c.status = 'happened'
        group by c.claim_id
    ) f using (claim_id)
)
select
    claim_id, place_id, claim_type, status, actor_side as side, opponent_side,
    least(first_day, last_day) - date '1970-01-01' as first, greatest(first_day, last_day) - date '1970-01-01' as last,
    date_basis in ('explicit', 'relative') as dated, published_at - date '1970-01-01' as published,
    extent, partisan, against_interest, origin, source_id, confidence
from facts
where repeats_claim_id is null and status in ('happened', 'denied')
order by place_id, published_at, claim_id
