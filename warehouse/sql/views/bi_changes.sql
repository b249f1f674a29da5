-- For BI tools: one row a change of hands, as believed today. Key: change_id; place_id joins bi_places.
-- @change_id: Key; the control row of the new holder, which whoheld explain takes.
-- @place_id: Joins bi_places.
-- @place: Name of the place.
-- @kind: Kind of the place.
-- @governorate: First-level division.
-- @latitude: Degrees north.
-- @longitude: Degrees east.
-- @population: Inhabitants, as far as the gazetteer tells.
-- @change_no: 1 for the first change of this place, and so on.
-- @changed_on: First day of the new holder.
-- @changed_in: First day of that month.
-- @from_id: The side that held it before.
-- @from_side: Its name.
-- @to_id: The side that holds it now.
-- @to_side: Its name.
-- @held_days: Days until the next change; NULL where there is none.
-- @reversed_after_days: Days until the loser had it back; NULL where it did not.
-- @known_from: First publication day on which it was believed.
-- @lag_days: Days from the change to that day.
-- @basis: claimed where only the winner's own voices said so, otherwise assessed.
-- @confidence: 0 to 1.
-- @origins: Distinct origins that say so.
select c.control_id as change_id, c.place_id, p.name as place, p.kind, p.admin1 as governorate, p.lat as latitude, p.lon as longitude, p.population,
    c.change_no, c.changed_on, date_trunc('month', c.changed_on)::date as changed_in, c.from_side as from_id, coalesce(f.name, c.from_side) as from_side,
    c.to_side as to_id, coalesce(t.name, c.to_side) as to_side, (c.next_change_on - c.changed_on)::integer as held_days, c.reversed_after_days,
    c.known_from, (c.known_from - c.changed_on)::integer as lag_days, c.basis, c.confidence, c.n_origins as origins
from changes_of_hands c
join places p using (place_id)
left join sides f on f.side_id = c.from_side
left join sides t on t.side_id = c.to_side
