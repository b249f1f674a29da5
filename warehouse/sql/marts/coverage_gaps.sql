-- Runs of at least three days on which an outlet published nothing, between its first report and the last of the whole warehouse.
-- What is not told on these days is not calm by this outlet's word.
-- @source_id: The outlet.
-- @silent_from: First day of the silence.
-- @silent_to: Day after the last, on which it wrote again, or the day after the warehouse's last report.
-- @days: Days of silence.
-- @is_open: True where it had not written again.
with days as (
    select distinct source_id, published_at from coverage where published_at is not null
),
last as (
    select max(published_at) + 1 as after from days
),
gaps as (
    select source_id, published_at + 1 as silent_from, lead(published_at) over (partition by source_id order by published_at) as next_on
    from days
)
select g.source_id, g.silent_from, coalesce(g.next_on, l.after) as silent_to,
    (coalesce(g.next_on, l.after) - g.silent_from)::integer as days, g.next_on is null as is_open
from gaps g
cross join last l
where coalesce(g.next_on, l.after) - g.silent_from >= 3
order by g.source_id, g.silent_from
