-- On which stretches of days did nobody write at all?
-- No change on such days means nothing.
WITH silent AS (
    SELECT c.day, c.day - row_number() OVER (ORDER BY c.day)::INTEGER AS stretch
    FROM calendar c
    ANTI JOIN coverage v ON v.published_at = c.day
    WHERE c.day >= (SELECT min(published_at) FROM coverage)
)
SELECT min(day) AS silent_from, max(day) AS silent_until, count(*) AS days
FROM silent
GROUP BY stretch
HAVING count(*) >= 3
ORDER BY days DESC, silent_from;
