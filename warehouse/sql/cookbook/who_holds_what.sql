-- Who held which place on a day?
-- As believed today. A place of which no report tells has no row: that is not the same as unknown.
SET VARIABLE day = DATE '2017-10-01';
SELECT name, coalesce(holder_side, array_to_string(sides, ' or ')) AS holder, status, basis, confidence, valid_from AS since
FROM control_on(getvariable('day'))
ORDER BY name;
