-- How much of what each side gained rests on its own word alone?
-- claimed: only the winner's voices said so when it became known.
SELECT to_side, count(*) AS gained, count(*) FILTER (basis = 'claimed') AS claimed_only,
    round(avg((basis = 'claimed')::INTEGER), 2) AS share
FROM changes_of_hands
GROUP BY to_side
ORDER BY share DESC, to_side;
