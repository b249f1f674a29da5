-- Sieges as reports tell them: all siege events of a place up to the day on which one is lifted or the place changes hands.
-- A siege of which nobody tells the end stays open; last_told_on says how old the news of it is. Key: place_id, siege_no.
-- @place_id: The besieged place.
-- @siege_no: 1 for the first siege of this place, and so on.
-- @besieger_side: The side that most events name as besieger.
-- @besieged_side: The side that most events name as besieged; NULL where none does.
-- @begins_on: The earliest day for which one is told.
-- @last_told_on: The last day for which it is told as going on.
-- @ends_on: Day on which it was lifted or the place changed hands; NULL where it is open.
-- @ended_by: lifted, changed hands, or NULL where it is open.
-- @n_claims: Claims that tell of the siege.
-- @n_sources: Outlets that do.
with ends as (
    select place_id, date_start as ends_on, 'lifted' as ended_by from events where claim_type = 'siege_lifted' and date_start is not null
    union all
    select place_id, changed_on, 'changed hands' from changes_of_hands
),
told as (
    select e.event_id, e.place_id, e.actor_side, e.opponent_side, e.date_start, e.date_end,
        min(n.ends_on) as ends_on, arg_min(n.ended_by, (n.ends_on, n.ended_by)) as ended_by
    from events e
    left join ends n on n.place_id = e.place_id and n.ends_on >= e.date_start
    where e.claim_type = 'siege' and e.date_start is not null
    group by all
),
voices as (
    select t.place_id, t.ends_on, count(*) as n_claims, count(distinct c.source_id) as n_sources,
        min(least(coalesce(c.date_start, t.date_start), t.date_start)) as begins_on,
        max(greatest(coalesce(c.date_end, t.date_end), t.date_end)) as last_told_on
    from told t
    join event_claims x using (event_id)
    join claims c using (claim_id)
    where x.relation <> 'contradicts'
    group by all
),
sieges as (
    select place_id, ends_on, any_value(ended_by) as ended_by, mode(actor_side order by actor_side) as besieger_side,
        mode(opponent_side order by opponent_side) as besieged_side
    from told
    group by place_id, ends_on
)
select
    s.place_id, row_number() over (partition by s.place_id order by v.begins_on)::integer as siege_no, s.besieger_side, s.besieged_side,
    v.begins_on, least(v.last_told_on, s.ends_on) as last_told_on, s.ends_on, s.ended_by,
    v.n_claims::integer as n_claims, v.n_sources::integer as n_sources
from sieges s
join voices v on v.place_id = s.place_id and v.ends_on is not distinct from s.ends_on
order by begins_on, s.place_id
