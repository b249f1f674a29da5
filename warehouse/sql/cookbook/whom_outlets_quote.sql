-- Whom does each outlet let speak?
-- Claims by kind of voice, with the share of each outlet's claims.
SELECT s.name AS outlet, c.attribution, count(*) AS claims, round(count(*) / sum(count(*)) OVER (PARTITION BY s.name), 2) AS share
FROM claims c
JOIN sources s ON s.source_id = c.source_id
GROUP BY s.name, c.attribution
ORDER BY outlet, claims DESC, c.attribution;
