-- When was which outlet silent for so many days or longer?
-- What happened in that time is missing from its reports; it need not have been calm.
SET VARIABLE days = 14;
SELECT s.name AS outlet, g.silent_from, g.silent_to, g.days, g.is_open
FROM coverage_gaps g
JOIN sources s USING (source_id)
WHERE g.days >= getvariable('days')
ORDER BY g.days DESC, outlet, g.silent_from;
