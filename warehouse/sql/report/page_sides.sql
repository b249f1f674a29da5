-- The sides in the report page, numbered from 0; those that hold most come first, so that they get the plainest symbols.
-- @n: Number of the side.
-- @id: The side.
-- @name: Its name.
-- @colour: Hex colour; one of seven where the theatre gives none.
select row_number() over (order by coalesce(h.n_rows, 0) desc, s.side_id) - 1 as n, s.side_id as id, s.name,
    coalesce(s.colour, ['#c0392b', '#2980b9', '#27ae60', '#f1c40f', '#8e44ad', '#16a085', '#d35400'][1 + (n % 7)::integer]) as colour
from sides s
left join (select holder_side as side_id, count(*) as n_rows from control group by all) h using (side_id)
