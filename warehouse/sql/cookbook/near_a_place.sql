-- Who held what within so many kilometres of a place, on a day?
-- Distances along the great circle, on a sphere of 6,371 km.
SET VARIABLE place = 'Mayadin';
SET VARIABLE day = DATE '2017-10-15';
SET VARIABLE kilometres = 30;
WITH here AS (
    SELECT p.place_id, p.lat, p.lon
    FROM places p
    SEMI JOIN (FROM place_names WHERE folded = fold_name(getvariable('place'))) n USING (place_id)
    ORDER BY p.n_claims DESC, p.place_id LIMIT 1
),
near AS (
    SELECT p.place_id, 2 * 6371 * asin(sqrt(sin(radians(p.lat - here.lat) / 2) ** 2
        + cos(radians(here.lat)) * cos(radians(p.lat)) * sin(radians(p.lon - here.lon) / 2) ** 2)) AS km
    FROM places p, here
    WHERE p.place_id <> here.place_id AND p.lat IS NOT NULL
)
SELECT k.name, round(near.km)::INTEGER AS km, coalesce(k.holder_side, k.status) AS holder, k.valid_from AS since
FROM near
JOIN control_on(getvariable('day')) k USING (place_id)
WHERE near.km <= getvariable('kilometres')
ORDER BY near.km, k.name;
