-- What was announced and, as far as any report tells, never done?
-- A plan to take or attack a place counts as done where its side has taken the place within so many days of the announcement.
SET VARIABLE days = 90;
SELECT c.published_at AS announced, p.name, c.claim_type, c.actor_side, s.name AS outlet, c.quote
FROM claims c
JOIN places p USING (place_id)
JOIN sources s ON s.source_id = c.source_id
ANTI JOIN (SELECT * FROM events WHERE claim_type IN ('capture', 'handover')) e
    ON e.place_id = c.place_id AND e.to_side = c.actor_side
    AND e.date_end BETWEEN c.published_at AND c.published_at + getvariable('days')
WHERE c.status = 'planned' AND c.claim_type IN ('capture', 'handover', 'offensive', 'advance', 'siege', 'withdrawal')
ORDER BY announced, p.name, c.claim_id;
