-- Every place of the theatre, and every place that only reports name (provisional, until a gazetteer knows it).
-- @place_id: Id of the place; provisional ids begin with 'p:'.
-- @name: Name for people.
-- @aliases: Other spellings and names.
-- @kind: city, town, village, district, hill, road, junction, crossing, airport, base, oil_field, dam, camp, governorate and so on.
-- @admin1: Governorate.
-- @country: ISO 3166-1 alpha-2.
-- @lat: Degrees north.
-- @lon: Degrees east.
-- @geo_prec: UCDP precision of the location, 1 (exact) to 7 (unknown).
-- @parent: The place_id of the place in which it lies; control never passes between the two.
-- @geonameid: Id in GeoNames.
-- @population: Inhabitants, as far as the gazetteer tells.
-- @is_provisional: True where no gazetteer knows it.
-- @near: For a provisional place, the place_id that it was located from.
-- @n_claims: Claims about it.
with found as (
    select
        place_id, mode(name order by name) as name, list_sort(list(distinct name)) as names, mode(kind order by kind) as kind,
        mode(admin1 order by admin1) as admin1, mode(country order by country) as country, min(geo_prec) as geo_prec,
        arg_min({'lat': lat, 'lon': lon, 'near': near}, (geo_prec, report_id)) filter (where lat is not null) as spot
    from staging.places_found
    where place_id not in (select place_id from staging.theatre_places)
    group by place_id
),
places as (
    select
        place_id, name, aliases, kind, admin1, country, lat, lon, geo_prec, parent, geonameid, population,
        false as is_provisional, null::varchar as near
    from staging.theatre_places
    union all
    select
        place_id, name, list_filter(names, lambda n: n <> name), kind, admin1, country, spot.lat, spot.lon, geo_prec,
        null, null, null, true, spot.near
    from found
)
select p.*, coalesce(c.n, 0)::integer as n_claims
from places p
left join (select place_id, count(*) as n from staging.claims group by place_id) c using (place_id)
order by place_id
