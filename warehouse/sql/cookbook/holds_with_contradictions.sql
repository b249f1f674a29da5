-- Which holds of a day have most claims against them?
-- A person should look where as many contradict as confirm.
SET VARIABLE day = DATE '2017-10-15';
SELECT name, holder_side, valid_from AS since, basis, n_confirming, n_contradicting
FROM control_on(getvariable('day'))
WHERE n_contradicting > 0
ORDER BY n_contradicting - n_confirming DESC, name;
