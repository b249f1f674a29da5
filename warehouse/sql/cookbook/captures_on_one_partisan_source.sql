-- Which captures rest on one voice only, and that one of the winner's own side?
-- The voice is the winner's where the claimant counts to its side, or nobody is named and the outlet serves it.
SELECT p.name, e.date_end AS day, e.to_side, any_value(c.origin) AS only_voice, min(c.published_at) AS published
FROM events e
JOIN event_claims x ON x.event_id = e.event_id AND x.relation <> 'contradicts'
JOIN claims c USING (claim_id)
JOIN sources s ON s.source_id = c.source_id
JOIN places p ON p.place_id = e.place_id
WHERE e.claim_type IN ('capture', 'handover') AND e.n_independent_sources = 1
GROUP BY e.event_id, p.name, e.date_end, e.to_side
HAVING bool_and(coalesce(coalesce(c.claimed_by_side, s.leaning_side) = e.to_side, false))
ORDER BY day, p.name;
