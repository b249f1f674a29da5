-- A control row is known no earlier than any claim that it cites was published.
select k.control_id, k.place_id, k.known_from, c.claim_id, c.published_at
from (select control_id, place_id, known_from, unnest(claim_ids) as claim_id from control) k
left join claims c using (claim_id)
where c.published_at is null or c.published_at > k.known_from
