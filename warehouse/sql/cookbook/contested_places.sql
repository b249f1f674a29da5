-- Which places were contested on a day, between whom, and since when?
-- A longer stretch of fighting over one place may go on through several such intervals.
SET VARIABLE day = DATE '2017-10-01';
SELECT name, array_to_string(list_sort(sides), ', ') AS sides, valid_from AS since, getvariable('day') - valid_from AS days, reason
FROM control_on(getvariable('day'))
WHERE status = 'contested'
ORDER BY since, name;
