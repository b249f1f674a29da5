-- How long after the event does each outlet report a capture, handover or withdrawal?
-- Days from the last day that the claim speaks of to publication. Looking back on old events makes an average meaningless:
-- the median and the share within a day are shown.
SELECT s.name AS outlet, count(*) AS claims, median(c.lag_days) AS median_days, max(c.lag_days) AS longest,
    round(avg((c.lag_days <= 1)::INTEGER), 2) AS within_a_day
FROM bi_claims c
JOIN sources s USING (source_id)
WHERE c.claim_type IN ('capture', 'handover', 'withdrawal') AND c.status = 'happened' AND c.lag_days IS NOT NULL
GROUP BY s.name
ORDER BY median_days, outlet;
