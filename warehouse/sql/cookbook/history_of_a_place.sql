-- Who held this place, from when to when, and why is that believed?
-- The place may be given by any of its names.
SET VARIABLE place = 'Mayadin';
SELECT valid_from, nullif(valid_to, DATE '9999-12-31') AS valid_to, status, holder_side, rule_id, reason, basis
FROM control
WHERE known_to = DATE '9999-12-31'
  AND place_id IN (SELECT place_id FROM place_names WHERE folded = fold_name(getvariable('place')))
ORDER BY valid_from;
