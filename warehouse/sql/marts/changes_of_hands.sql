-- Each time that a place passed from one side to another, as believed today. The first holder of whom anything is told is no
-- change; days on which it was contested or nobody's may lie between; a place that its holder gets back unchanged is no change.
-- @control_id: The control row by which the new side holds it.
-- @place_id: The place.
-- @change_no: 1 for the first change of this place, and so on.
-- @changed_on: First day of the new holder.
-- @from_side: The side that held it before.
-- @to_side: The side that holds it now.
-- @undecided_days: Days between the two holders on which it was contested, nobody's or untold.
-- @next_change_on: Day of the next change of this place; NULL where there is none.
-- @reversed_after_days: Days until the side that lost it had it back; NULL where the next change, if any, went elsewhere.
-- @known_from: First publication day on which it was believed.
-- @basis: claimed where only the winner's own voices said so when it became known, otherwise assessed.
-- @confidence: 0 to 1, as in control.
-- @n_origins: Distinct origins (claimants, otherwise outlets) that say so or confirm it.
with held as (
    select *, lag(holder_side) over w as from_side, lag(valid_to) over w as lost_on
    from control
    where known_to = date '9999-12-31' and holder_side is not null
    window w as (partition by place_id order by valid_from)
),
changes as (
    select *, row_number() over w as change_no, lead(valid_from) over w as next_change_on, lead(holder_side) over w as next_side
    from held
    where holder_side <> from_side
    window w as (partition by place_id order by valid_from)
),
learned as (
    select k.place_id, k.valid_from, k.holder_side, min(k.known_from) as known_from
    from control k
    semi join changes using (place_id, valid_from, holder_side)
    group by all
),
voices as (
    select e.control_id, count(distinct c.origin) as n_origins
    from control_evidence e
    semi join changes using (control_id)
    join claims c using (claim_id)
    where e.role <> 'contradicts'
    group by e.control_id
)
select
    c.control_id, c.place_id, c.change_no::integer as change_no, c.valid_from as changed_on, c.from_side, c.holder_side as to_side,
    (c.valid_from - c.lost_on)::integer as undecided_days, c.next_change_on,
    if(c.next_side = c.from_side, c.next_change_on - c.valid_from, null)::integer as reversed_after_days,
    l.known_from, c.basis, c.confidence, coalesce(v.n_origins, 0)::integer as n_origins
from changes c
join learned l using (place_id, valid_from, holder_side)
left join voices v using (control_id)
order by changed_on, c.place_id
