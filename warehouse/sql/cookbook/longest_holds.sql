-- Which holds last longest, counted up to a day?
-- Since says from when it is told; it may have begun earlier.
SET VARIABLE day = DATE '2017-12-01';
SELECT name, holder_side, valid_from AS since, getvariable('day') - valid_from AS days, last_evidence_on
FROM control_on(getvariable('day'))
WHERE holder_side IS NOT NULL
ORDER BY days DESC, name
LIMIT 10;
