-- Which places does no gazetteer know, and how much hangs on each?
-- Those with most claims first: a line in places.csv for each mends it.
SELECT p.name, p.n_claims, near.name AS located_from, min(c.published_at) AS first_named, max(c.published_at) AS last_named
FROM places p
LEFT JOIN places near ON near.place_id = p.near
JOIN claims c ON c.place_id = p.place_id
WHERE p.is_provisional
GROUP BY ALL
ORDER BY p.n_claims DESC, p.name;
