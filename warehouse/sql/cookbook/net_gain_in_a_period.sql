-- Who came out ahead between two days?
-- Sums all changes of hands after the first day, up to the second. A place taken and lost again within the period cancels out.
SET VARIABLE from_day = DATE '2017-09-01';
SET VARIABLE to_day = DATE '2017-11-30';
SELECT side_id, sum(gained) AS gained, sum(lost) AS lost, sum(net) AS net, sum(net_population) AS net_population
FROM net_gains
WHERE day > getvariable('from_day') AND day <= getvariable('to_day')
GROUP BY side_id
ORDER BY net DESC, side_id;
