-- How were the places of each governorate divided among the sides on a day?
-- One row a governorate and holder; share is of the places of which anything is told.
SET VARIABLE day = DATE '2017-10-01';
SELECT coalesce(p.admin1, 'untold') AS governorate, coalesce(k.holder_side, k.status) AS holder, count(*) AS places,
    round(count(*) / sum(count(*)) OVER (PARTITION BY p.admin1), 2) AS share
FROM control_on(getvariable('day')) k
JOIN places p USING (place_id)
GROUP BY p.admin1, holder
ORDER BY governorate, places DESC, holder;
