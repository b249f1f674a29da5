-- What each side gained and lost on each day on which a place changed hands: places, and inhabitants as far as the gazetteer tells.
-- @day: The day.
-- @side_id: The side.
-- @gained: Places that it took.
-- @lost: Places that it lost.
-- @net: gained less lost.
-- @net_population: Inhabitants of the places gained less those of the places lost; places without a figure count nothing.
with moves as (
    select changed_on as day, to_side as side_id, place_id, 1 as move from changes_of_hands
    union all
    select changed_on, from_side, place_id, -1 from changes_of_hands
)
select m.day, m.side_id, (count(*) filter (where m.move = 1))::integer as gained, (count(*) filter (where m.move = -1))::integer as lost,
    sum(m.move)::integer as net, coalesce(sum(m.move * p.population), 0)::bigint as net_population
from moves m
join places p using (place_id)
group by m.day, m.side_id
