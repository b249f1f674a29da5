-- Which changes of hands are attested best?
-- By distinct origins that say or confirm it: a hundred copies of one communiqué are one.
SELECT p.name, c.from_side, c.to_side, c.changed_on, c.n_origins, c.confidence
FROM changes_of_hands c
JOIN places p USING (place_id)
ORDER BY c.n_origins DESC, c.confidence DESC, c.changed_on, p.name
LIMIT 10;
