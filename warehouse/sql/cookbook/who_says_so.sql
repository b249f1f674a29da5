-- On whose words does the holder of a place on a day rest, and who speaks against it?
-- One row a claim: what it does to the hold, who says it, and the quote.
SET VARIABLE place = 'Abu Kamal';
SET VARIABLE day = DATE '2017-11-10';
SELECT k.holder_side, e.role, e.published_at, s.name AS outlet, c.claimed_by, c.quote
FROM control_on(getvariable('day')) k
JOIN control_evidence e USING (control_id)
JOIN claims c USING (claim_id)
JOIN sources s ON s.source_id = c.source_id
WHERE k.place_id IN (SELECT place_id FROM place_names WHERE folded = fold_name(getvariable('place')))
ORDER BY e.role = 'opens' DESC, e.published_at, c.claim_id;
