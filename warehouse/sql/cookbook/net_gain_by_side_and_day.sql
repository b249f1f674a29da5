-- What did each side gain and lose, day by day, in places and inhabitants?
-- Days without a change have no row.
SELECT day, side_id, gained, lost, net, net_population
FROM net_gains
ORDER BY day, side_id;
