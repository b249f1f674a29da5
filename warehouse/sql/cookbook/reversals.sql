-- Which gains were reversed within a day, and which within a week?
-- A reversal within a day may also have been judged contested and be no change at all: see the control rows of the place.
SELECT p.name, c.from_side, c.to_side, c.changed_on, c.next_change_on AS reversed_on,
    c.reversed_after_days <= 1 AS within_a_day, c.basis
FROM changes_of_hands c
JOIN places p USING (place_id)
WHERE c.reversed_after_days <= 7
ORDER BY c.changed_on, p.name;
