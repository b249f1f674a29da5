-- What each claim says of who is in a place: the evidence of control, claim by claim, repeats among them.
-- Claims whose side, day or day of publication cannot be told say nothing of it and are left out.
-- @claim_id: The claim.
-- @place_id: The place.
-- @says: holds (the side took it, holds it or repelled an attack), left (it withdrew) or denies (that it took or holds it).
-- @side: The side of which it speaks.
-- @said_of: The last day of which it speaks.
-- @published_at: Day on which it was published.
-- @source_id: The outlet.
-- @voice_side: The side of whoever says so: the named claimant's, else the outlet's leaning; NULL for an independent voice.
-- @origin: Root of the statement: the side at war that speaks, another claimant whom it names, otherwise the outlet.
-- @is_partisan: True where it serves the side of whoever says so.
-- @is_against_interest: True where that side loses by it.
-- @extent: How much of the place: all, or part.
-- @claim_type: The type of the claim.
-- @repeats_claim_id: The claim of an earlier near-duplicate report that says the same.
select
    claim_id, place_id, case when status = 'denied' then 'denies' when claim_type = 'withdrawal' then 'left' else 'holds' end as says,
    actor_side as side, last_day as said_of, published_at, source_id, claimed_by_side as voice_side, origin,
    partisan as is_partisan, against_interest as is_against_interest, extent, claim_type, repeats_claim_id
from staging.claim_facts
where actor_side <> 'unknown' and last_day is not null and published_at is not null
    and (status = 'happened' and claim_type in ('capture', 'handover', 'control', 'repelled', 'withdrawal')
         or status = 'denied' and claim_type in ('capture', 'handover', 'control'))
order by place_id, said_of, claim_id
