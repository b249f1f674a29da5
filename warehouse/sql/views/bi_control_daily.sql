-- For BI tools: one row a place and day of which anything is told, as believed today. Key: day, place_id; place_id joins bi_places.
-- It is made while it is read, and large: filter by day or place, or let the tool aggregate in the database.
-- @day: The day.
-- @month: First day of its month.
-- @place_id: Joins bi_places.
-- @place: Name of the place.
-- @kind: Kind of the place.
-- @governorate: First-level division.
-- @latitude: Degrees north.
-- @longitude: Degrees east.
-- @population: Inhabitants, as far as the gazetteer tells.
-- @holder_id: The side that holds it; NULL where that is contested or unknown.
-- @holder: Its name; contested or unknown where no side holds it, so that charts show these, too.
-- @status: Status of the hold, as in control.
-- @basis: claimed or assessed.
-- @confidence: 0 to 1; decays while the hold is carried forward, as in control_on.
-- @is_carried_forward: True where nothing was heard of it for so long that the hold is only carried forward.
-- @days_since_evidence: Days since the last of which a claim tells; 0 up to that day.
-- @control_id: The control row, which whoheld explain takes.
select d.day, d.month, c.place_id, p.name as place, p.kind, p.admin1 as governorate, p.lat as latitude, p.lon as longitude, p.population,
    c.holder_side as holder_id, coalesce(s.name, c.holder_side, c.status) as holder, c.status, c.basis,
    if(coalesce(c.carried_forward_from <= d.day, false),
        round(c.confidence * 0.5 ** ((d.day - c.carried_forward_from + 1) / r.half_life_days), 4), c.confidence) as confidence,
    coalesce(c.carried_forward_from <= d.day, false) as is_carried_forward,
    greatest(d.day - c.last_evidence_on, 0)::integer as days_since_evidence, c.control_id
from calendar d
join control c on c.valid_from <= d.day and c.valid_to > d.day
join places p using (place_id)
cross join rule_sets r
left join sides s on s.side_id = c.holder_side
where c.known_to = date '9999-12-31' and r.rule_set = 'main'
