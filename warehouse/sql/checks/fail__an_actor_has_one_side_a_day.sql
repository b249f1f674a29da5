-- The memberships of an actor do not overlap: on one day it counts to one side.
select a.actor_id, a.side_id, b.side_id as other_side_id, a.valid_to, b.valid_from as other_from
from actor_sides a
join actor_sides b on a.actor_id = b.actor_id and a.valid_to < b.valid_to
where coalesce(b.valid_from, date '0001-01-01') < a.valid_to
