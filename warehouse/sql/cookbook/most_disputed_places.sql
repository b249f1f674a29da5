-- Which places changed hands at least so many times?
-- holders lists who had it after each change.
SET VARIABLE times = 2;
SELECT p.name, count(*) AS changes, string_agg(c.to_side, ' > ' ORDER BY c.change_no) AS holders,
    min(c.changed_on) AS first, max(c.changed_on) AS last
FROM changes_of_hands c
JOIN places p USING (place_id)
GROUP BY p.place_id, p.name
HAVING count(*) >= getvariable('times')
ORDER BY changes DESC, p.name;
