-- Who held what on one day, as believed at the end of another: one row a place of which anything is known. Key: place_id.
-- Sides and besiegers are lists in words, since contested and besieged places have several.
-- @place_id: Key of the place.
-- @place: Name for people.
-- @kind: city, town, village, hill, airport and so on.
-- @governorate: First-level division.
-- @country: ISO 3166-1 alpha-2.
-- @latitude: Degrees north.
-- @longitude: Degrees east.
-- @geo_prec: UCDP precision of the location, 1 (exact) to 7 (unknown).
-- @population: Inhabitants, as far as the gazetteer tells.
-- @day: The day asked about.
-- @known: Rests on nothing that was published after this day; NULL where all that is published counts.
-- @status: held, contested, besieged (held and surrounded) or unknown.
-- @holder_id: The side that holds it; NULL where that is contested or unknown.
-- @holder: Its name.
-- @colour: Its colour for maps, as hex.
-- @sides: The holder, or the sides between which it is contested, parted by comma.
-- @besiegers: Who besieges the holder, parted by comma; NULL where nobody does.
-- @since: First day of the hold.
-- @until: Day after the last; NULL where it lasts.
-- @basis: claimed where only the winning side's own voices said so, otherwise assessed.
-- @confidence: 0 to 1; decays where nothing is heard of the place.
-- @last_evidence_on: The last day for which a claim opens or confirms the hold.
-- @carried_forward: True where nothing was heard of it for so long that the hold is only carried forward.
-- @rule_id: The rule that made the row.
-- @reason: Why, in words.
-- @control_id: The control row, which whoheld explain takes.
select
    c.place_id, p.name as place, p.kind, p.admin1 as governorate, p.country, p.lat as latitude, p.lon as longitude, p.geo_prec, p.population,
    $day::date as day, $known::date as known, c.status, c.holder_side as holder_id, coalesce(s.name, c.holder_side) as holder, s.colour,
    array_to_string(c.sides, ', ') as sides, nullif(array_to_string(c.besieger_sides, ', '), '') as besiegers,
    c.valid_from as since, nullif(c.valid_to, date '9999-12-31') as until, c.basis, c.confidence, c.last_evidence_on, c.carried_forward,
    c.rule_id, c.reason, c.control_id
from control_as_known($day::date, coalesce($known::date, date '9999-12-30')) c
join places p using (place_id)
left join sides s on s.side_id = c.holder_side
