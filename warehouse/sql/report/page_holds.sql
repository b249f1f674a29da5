-- The control rows in the report page, in the order of place, knowledge and begin; days are counted from 1970-01-01.
-- @n: Number of the row.
-- @place: Number of the place.
-- @side: Number of the holder; NULL where it is contested or unknown.
-- @status: 0 held, 1 contested, 2 besieged, 3 unknown.
-- @sides: Numbers of the sides between which it is contested; NULL where it is not.
-- @besiegers: Numbers of the sides that besiege it; NULL where nobody does.
-- @claimed: 1 where only the winner's own voices said so.
-- @confidence: In hundredths.
-- @valid_from: First day.
-- @valid_to: Day after the last.
-- @known_from: First day of publication on which it was believed.
-- @known_to: Day of publication from which it was not.
-- @reason: Why, in words.
-- @control_id: The control row.
with numbered as (select list(id order by n) as ids from page_sides)
select row_number() over (order by p.n, c.known_from, c.valid_from, c.control_id) - 1 as n, p.n as place, s.n as side,
    list_position(['held', 'contested', 'besieged', 'unknown'], c.status) - 1 as status,
    if(c.status = 'contested', list_transform(c.sides, lambda side: list_position(m.ids, side) - 1), null) as sides,
    if(len(c.besieger_sides) > 0, list_transform(c.besieger_sides, lambda side: list_position(m.ids, side) - 1), null) as besiegers,
    (c.basis = 'claimed')::integer as claimed, round(100 * c.confidence)::integer as confidence,
    c.valid_from - date '1970-01-01' as valid_from, c.valid_to - date '1970-01-01' as valid_to,
    c.known_from - date '1970-01-01' as known_from, c.known_to - date '1970-01-01' as known_to, c.reason, c.control_id
from control c
join page_places p on p.id = c.place_id
left join page_sides s on s.id = c.holder_side
cross join numbered m
