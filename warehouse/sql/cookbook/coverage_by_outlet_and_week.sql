-- Who wrote how much, week by week?
-- Weeks in which an outlet was silent between its first and last report stand with zero.
SELECT date_trunc('week', day)::DATE AS week, source, sum(reports) AS reports, sum(claims) AS claims
FROM bi_coverage
GROUP BY ALL
ORDER BY week, source;
