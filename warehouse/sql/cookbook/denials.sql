-- What was denied, by whom?
-- A denial does not move control; where the denied event is known, the last column says how many speak for it.
SELECT c.published_at, p.name, c.claim_type, c.actor_side, coalesce(c.claimed_by, s.name) AS denied_by, e.n_independent_sources AS voices_for_it
FROM claims c
JOIN places p USING (place_id)
JOIN sources s ON s.source_id = c.source_id
LEFT JOIN event_claims x ON x.claim_id = c.claim_id AND x.relation = 'contradicts'
LEFT JOIN events e ON e.event_id = x.event_id
WHERE c.status = 'denied'
ORDER BY c.published_at, p.name, c.claim_id;
