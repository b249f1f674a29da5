-- The places in the report page, numbered from 0: all of which a control row tells.
-- @n: Number of the place.
-- @id: The place.
-- @name: Its name.
-- @aliases: Other names, parted by a comma.
-- @kind: Kind of the place.
-- @admin1: First-level division.
-- @lat: Degrees north, to 11 metres; NULL where nobody knows where it lies.
-- @lon: Degrees east.
-- @population: Inhabitants, as far as the gazetteer tells.
-- @vague: 1 where its location is only near, or nobody knows it.
select row_number() over (order by p.place_id) - 1 as n, p.place_id as id, p.name, array_to_string(p.aliases[:4], ', ') as aliases, p.kind,
    coalesce(p.admin1, '') as admin1, round(p.lat, 4) as lat, round(p.lon, 4) as lon, p.population,
    (p.is_provisional or coalesce(p.geo_prec, 7) > 2)::integer as vague
from places p
semi join control c using (place_id)
