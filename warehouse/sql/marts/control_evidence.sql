-- Which claims bear on a control row, as far as they were published while it was believed.
-- @control_id: The control row.
-- @claim_id: The claim.
-- @role: opens (it made the row), confirms (it says the same later) or contradicts (it speaks of another holder, or denies).
-- @evidence_on: The last day that the claim speaks of.
-- @published_at: Day on which the claim was published.
with rows as (
    select control_id, place_id, status, holder_side, sides, claim_ids, date '1970-01-01' + valid_from as valid_from,
        date '1970-01-01' + valid_to as valid_to, date '1970-01-01' + known_to as known_to
    from staging.control_rows
    where rule_set = 'main'
),
bearing as (
    select claim_id, place_id, actor_side, claim_type, status, extent, last_day, published_at, c.repeats_claim_id
    from staging.claim_facts c
    where actor_side <> 'unknown' and last_day is not null and published_at is not null
        and (status = 'happened' and claim_type in ('capture', 'handover', 'control', 'repelled')
             or status = 'denied' and claim_type in ('capture', 'handover', 'control'))
),
openers as (
    select control_id, unnest(claim_ids) as claim_id from staging.control_rows where rule_set = 'main'
)
select o.control_id, o.claim_id, 'opens' as role, c.last_day as evidence_on, c.published_at
from openers o
join staging.claim_facts c using (claim_id)
union all
select
    r.control_id, b.claim_id,
    if((b.status = 'happened') = list_contains(r.sides, b.actor_side), 'confirms', 'contradicts'), b.last_day, b.published_at
from rows r
join bearing b on b.place_id = r.place_id and b.last_day >= r.valid_from and b.last_day < r.valid_to and b.published_at < r.known_to
anti join openers o on o.control_id = r.control_id and o.claim_id = b.claim_id
where r.status <> 'unknown'
    and if(b.status = 'happened',
           -- what is said of the very day of a change may still speak of the holder before it
           list_contains(r.sides, b.actor_side) or (b.last_day > r.valid_from and b.extent = 'all'),
           list_contains(r.sides, b.actor_side))
order by control_id, claim_id
