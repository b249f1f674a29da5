-- Which claims of a change move nothing, and why?
-- Their day or their side cannot be told.
SELECT p.name, c.claim_type, c.published_at, c.actor_side,
    if(c.actor_side = 'unknown', 'side unknown', 'day unknown') AS reason, c.quote
FROM claims c
JOIN places p USING (place_id)
WHERE c.status = 'happened' AND c.claim_type IN ('capture', 'handover', 'withdrawal', 'control')
  AND (c.actor_side = 'unknown' OR c.published_at IS NULL OR coalesce(c.date_start, c.date_end) IS NULL AND c.date_basis <> 'published')
ORDER BY c.published_at, p.name, c.claim_id;
