-- Which places were given up or handed over rather than taken?
-- Withdrawals and handovers, with whoever is believed to hold the place a week later.
SELECT e.date_end AS day, p.name, e.claim_type, e.from_side, k.holder_side AS a_week_later
FROM events e
JOIN places p USING (place_id)
LEFT JOIN control k ON k.place_id = e.place_id AND k.known_to = DATE '9999-12-31'
    AND k.valid_from <= e.date_end + 7 AND k.valid_to > e.date_end + 7
WHERE e.claim_type IN ('withdrawal', 'handover') AND e.date_end IS NOT NULL
ORDER BY day, p.name, e.event_id;
