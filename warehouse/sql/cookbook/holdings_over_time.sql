-- How did the number of places of each side develop, month by month?
-- As on the first day of each month. First mentions raise the count as well as conquests: compare with changes_by_side_and_month.
SELECT day, holder_id AS side, count(*) AS places
FROM bi_control_daily
WHERE day = month AND holder_id IS NOT NULL
GROUP BY ALL
ORDER BY day, places DESC, side;
