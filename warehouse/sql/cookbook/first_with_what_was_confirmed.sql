-- Which outlets are first with what others confirm later, and which stay alone?
-- Of the captures, handovers and withdrawals that an outlet told first: how many got a second independent voice.
-- Two outlets with it on one day are both first.
WITH told AS (
    SELECT e.event_id, e.first_published, e.n_independent_sources, c.source_id, min(c.published_at) AS told_on
    FROM events e
    JOIN event_claims x ON x.event_id = e.event_id AND x.relation <> 'contradicts'
    JOIN claims c USING (claim_id)
    WHERE e.claim_type IN ('capture', 'handover', 'withdrawal')
    GROUP BY ALL
)
SELECT s.name AS outlet, count(*) AS told, count(*) FILTER (told_on = first_published) AS told_first,
    count(*) FILTER (told_on = first_published AND n_independent_sources > 1) AS confirmed
FROM told
JOIN sources s USING (source_id)
GROUP BY s.name
ORDER BY confirmed DESC, told_first DESC, outlet;
