-- Units and groups that reports name.
-- @actor_id: Id of the actor.
-- @name: Name for people.
-- @side_now: The side of its last membership; see actor_sides for earlier ones.
select actor_id, name, side_now from staging.theatre_actors order by actor_id
