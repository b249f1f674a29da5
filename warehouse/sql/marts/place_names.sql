-- Every name of every place, folded for looking it up.
-- @place_id: The place.
-- @name: A name of it.
-- @folded: The same in lower-case ASCII, words parted by one blank; fold_name(text) gives this form.
-- @is_main: True for the name under which the place is shown.
select distinct n.place_id, n.name, n.folded, n.name = p.name as is_main
from staging.place_names n
join places p using (place_id)
order by n.place_id, n.name, n.folded
