-- Who took how many places from whom?
-- With the first and the last day on which it happened.
SELECT from_side, to_side, count(*) AS changes, min(changed_on) AS first, max(changed_on) AS last
FROM changes_of_hands
GROUP BY ALL
ORDER BY changes DESC, from_side, to_side;
