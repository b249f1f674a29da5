-- The sides of the theatre: coalitions as control counts them. Key: side_id.
-- @side_id: Code of the side, as claims and control carry it.
-- @name: Name for people.
-- @colour: Hex colour for maps and charts.
select side_id, name, colour from staging.theatre_sides order by side_id
