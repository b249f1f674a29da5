-- No place is its own ancestor: going up from parent to parent comes to an end.
with recursive above(place_id, ancestor) as (
    select place_id, parent from places where parent is not null
    union
    select a.place_id, p.parent from above a join places p on p.place_id = a.ancestor where p.parent is not null
)
select place_id from above where ancestor = place_id
