-- Every name by which reports call an actor.
-- @actor_id: The actor.
-- @name: The name or adjective.
-- @folded: The same in lower-case ASCII, words parted by one blank.
-- @use: name, alias or adjective (which names the actor only in compounds such as "rebel-held").
select actor_id, name, folded, use from staging.theatre_actor_names order by actor_id, name, use
