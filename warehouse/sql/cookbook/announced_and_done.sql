-- How long did it take from the announcement to the capture?
-- The first capture by the same side on or after the day of the announcement.
SELECT p.name, c.actor_side, min(c.published_at) AS announced, e.date_end AS taken,
    date_diff('day', min(c.published_at), e.date_end) AS days
FROM claims c
ASOF JOIN (SELECT place_id, to_side, date_end FROM events WHERE claim_type IN ('capture', 'handover')) e
    ON e.place_id = c.place_id AND e.to_side = c.actor_side AND e.date_end >= c.published_at
JOIN places p ON p.place_id = c.place_id
WHERE c.status = 'planned'
GROUP BY p.name, c.actor_side, e.date_end
ORDER BY announced, p.name;
