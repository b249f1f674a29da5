-- Of which holds has nothing been heard for a month or longer?
-- The holder stands until somebody says otherwise; here nobody says anything.
SET VARIABLE day = DATE '2017-12-01';
SET VARIABLE days = 30;
SELECT name, holder_side, valid_from AS since, last_evidence_on, getvariable('day') - last_evidence_on AS days_silent
FROM control_on(getvariable('day'))
WHERE holder_side IS NOT NULL AND getvariable('day') - last_evidence_on >= getvariable('days')
ORDER BY days_silent DESC, name;
