-- The outlets in the report page, numbered from 0.
-- @n: Number of the outlet.
-- @id: The outlet.
-- @name: Its name.
-- @kind: Kind of the outlet.
-- @leaning: Number of the side whose cause it serves; NULL for an independent or unknown one.
-- @reports: Reports of it.
select row_number() over (order by o.source_id) - 1 as n, o.source_id as id, o.name, o.kind, s.n as leaning, o.n_reports as reports
from sources o
left join page_sides s on s.id = o.leaning_side
where o.n_reports > 0
