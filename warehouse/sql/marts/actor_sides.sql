-- The side to which an actor counts, by time: half-open intervals, the first without begin, the last without end.
-- @actor_id: The actor.
-- @side_id: The side that it counts to.
-- @valid_from: First day; NULL for always before.
-- @valid_to: Day after the last; 9999-12-31 where it lasts.
select actor_id, side_id, valid_from, valid_to from staging.theatre_actor_sides order by actor_id, valid_to
