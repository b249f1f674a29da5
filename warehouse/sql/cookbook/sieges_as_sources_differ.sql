-- From when to when was a place besieged, as each outlet tells it?
-- One row an outlet that tells of the siege or of its end.
SELECT p.name, z.siege_no, s.name AS outlet,
    min(coalesce(c.date_start, c.published_at)) FILTER (c.claim_type = 'siege') AS first_told_for,
    max(coalesce(c.date_end, c.published_at)) FILTER (c.claim_type = 'siege') AS last_told_for,
    min(coalesce(c.date_start, c.published_at)) FILTER (c.claim_type = 'siege_lifted') AS lifted_on
FROM sieges z
JOIN claims c ON c.place_id = z.place_id AND c.status = 'happened' AND c.claim_type IN ('siege', 'siege_lifted')
    AND coalesce(c.date_start, c.published_at) BETWEEN z.begins_on AND coalesce(z.ends_on, DATE '9999-12-31')
JOIN places p ON p.place_id = z.place_id
JOIN sources s ON s.source_id = c.source_id
GROUP BY ALL
ORDER BY p.name, z.siege_no, outlet;
