-- How many places, and how many inhabitants, did each side hold on a day?
-- Inhabitants are summed over the places with a figure; the last column says how many have none.
-- Districts count beside their city.
SET VARIABLE day = DATE '2017-10-01';
SELECT coalesce(k.holder_side, k.status) AS holder, count(*) AS places, coalesce(sum(p.population), 0) AS inhabitants,
    count(*) FILTER (p.population IS NULL) AS without_figure
FROM control_on(getvariable('day')) k
JOIN places p USING (place_id)
GROUP BY ALL
ORDER BY places DESC, holder;
