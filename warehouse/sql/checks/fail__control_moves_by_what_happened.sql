-- Only claims of what happened make a control row, and no copy of another claim does (R0, R6).
select k.control_id, k.place_id, c.claim_id, c.status, c.repeats_claim_id
from (select control_id, place_id, unnest(claim_ids) as claim_id from control) k
join claims c using (claim_id)
where c.status <> 'happened' or c.repeats_claim_id is not null
