-- Which changes of hands became known latest after the fact?
-- Counted to the first publication day on which it was believed; a better dating later on counts as news.
SET VARIABLE days = 1;
SELECT p.name, c.from_side, c.to_side, c.changed_on, c.known_from, c.known_from - c.changed_on AS days_late
FROM changes_of_hands c
JOIN places p USING (place_id)
WHERE c.known_from - c.changed_on >= getvariable('days')
ORDER BY days_late DESC, p.name;
