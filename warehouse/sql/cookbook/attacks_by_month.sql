-- How many clashes, air strikes and shellings of each side are told, month by month?
-- Events, not claims: what several outlets tell counts once. It is what was told, not all that happened.
SELECT date_trunc('month', date_end)::DATE AS month, actor_side, claim_type, count(*) AS events
FROM events
WHERE claim_type IN ('clash', 'air_strike', 'shelling') AND date_end IS NOT NULL
GROUP BY ALL
ORDER BY month, actor_side, claim_type;
