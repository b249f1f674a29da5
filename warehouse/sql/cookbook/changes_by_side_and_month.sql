-- How many places changed hands each month, and into whose?
-- Counts all changes, those that were reversed later too.
SELECT date_trunc('month', changed_on)::DATE AS month, to_side, count(*) AS gained,
    count(*) FILTER (reversed_after_days IS NOT NULL) AS lost_again
FROM changes_of_hands
GROUP BY ALL
ORDER BY month, gained DESC, to_side;
