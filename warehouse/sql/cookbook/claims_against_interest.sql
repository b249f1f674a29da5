-- Where does a side concede what goes against it?
-- Such words weigh most: nobody invents a defeat of his own.
SELECT c.published_at, p.name, c.claim_type, c.actor_side, c.claimed_by, s.name AS outlet, c.quote
FROM claims c
JOIN places p USING (place_id)
JOIN sources s ON s.source_id = c.source_id
WHERE c.against_interest
ORDER BY c.published_at, p.name, c.claim_id;
