-- How much fighting is told of a place in the two weeks before it changed hands?
-- Few events before a change may mean that it was given up, or that nobody was there to tell.
SET VARIABLE days = 14;
SELECT p.name, c.changed_on, c.from_side, c.to_side,
    count(e.event_id) FILTER (e.claim_type IN ('clash', 'advance', 'offensive', 'repelled')) AS on_the_ground,
    count(e.event_id) FILTER (e.claim_type IN ('air_strike', 'shelling')) AS from_afar
FROM changes_of_hands c
JOIN places p USING (place_id)
LEFT JOIN events e ON e.place_id = c.place_id AND e.date_end BETWEEN c.changed_on - getvariable('days') AND c.changed_on
GROUP BY ALL
ORDER BY c.changed_on, p.name;
