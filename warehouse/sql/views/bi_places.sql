-- For BI tools: one row a place, with who holds it at the end, as believed today. Key: place_id.
-- @place_id: Key of the place.
-- @place: Name for people.
-- @kind: city, town, village, hill, airport and so on.
-- @governorate: First-level division.
-- @country: ISO 3166-1 alpha-2.
-- @latitude: Degrees north.
-- @longitude: Degrees east.
-- @parent_id: The place in which it lies.
-- @population: Inhabitants, as far as the gazetteer tells.
-- @is_provisional: True where no gazetteer knows it.
-- @claims: Claims about it.
-- @changes: How often it changed hands.
-- @holder_id: The side that holds it at the end; NULL where that is contested, unknown or untold.
-- @holder: Its name; contested, unknown or untold where no side holds it, so that charts show these, too.
-- @status_now: Status at the end; untold where no claim tells.
-- @held_since: Since when.
with last as (
    select place_id, holder_side, status, valid_from from control where known_to = date '9999-12-31' and valid_to = date '9999-12-31'
),
changed as (
    select place_id, count(*) as n from changes_of_hands group by place_id
)
select p.place_id, p.name as place, p.kind, p.admin1 as governorate, p.country, p.lat as latitude, p.lon as longitude, p.parent as parent_id,
    p.population, p.is_provisional, p.n_claims as claims, coalesce(c.n, 0)::integer as changes,
    l.holder_side as holder_id, coalesce(s.name, l.holder_side, l.status, 'untold') as holder,
    coalesce(l.status, 'untold') as status_now, l.valid_from as held_since
from places p
left join last l using (place_id)
left join changed c using (place_id)
left join sides s on s.side_id = l.holder_side
