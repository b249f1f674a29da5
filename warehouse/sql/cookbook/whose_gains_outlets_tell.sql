-- Whose gains does each outlet tell, and does that fit the side that it serves?
-- Captures and handovers that happened, by winner.
SELECT s.name AS outlet, s.leaning_side, c.actor_side AS winner, count(*) AS claims
FROM claims c
JOIN sources s ON s.source_id = c.source_id
WHERE c.claim_type IN ('capture', 'handover') AND c.status = 'happened'
GROUP BY ALL
ORDER BY outlet, claims DESC, winner;
