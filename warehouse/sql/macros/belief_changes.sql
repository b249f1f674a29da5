-- What was believed of the past on one day of knowledge and otherwise on a later one: for which days, what it was, what it became.
-- Days after known1 are no revisions but news and are left out; because_of are the claims about the place published on the day of the change.
macro belief_changes(known1, known2) as table
    with before as (
        select place_id, holder_side, sides, status, valid_from, least(valid_to, known1::date + 1) as valid_to, known_to, control_id
        from control
        where known_from <= known1::date and known_to > known1::date and valid_from <= known1::date
    ),
    after as (
        select place_id, holder_side, sides, status, valid_from, least(valid_to, known1::date + 1) as valid_to, known_from, rule_id, reason, control_id
        from control
        where known_from <= known2::date and known_to > known2::date and valid_from <= known1::date
    ),
    edges as (
        select place_id, unnest([valid_from, valid_to]) as day from before
        union
        select place_id, unnest([valid_from, valid_to]) from after
    ),
    spans as (
        select place_id, day as from_day, lead(day) over (partition by place_id order by day) as to_day from edges
    )
    select s.place_id, p.name, s.from_day, s.to_day, b.holder_side as holder_before, coalesce(b.status, 'unknown') as status_before,
        a.holder_side as holder_after, coalesce(a.status, 'unknown') as status_after, coalesce(a.known_from, b.known_to) as revised_on, a.rule_id, a.reason,
        (select list_sort(list(x.claim_id)) from statements x where x.place_id = s.place_id and x.published_at = coalesce(a.known_from, b.known_to)) as because_of,
        b.control_id as control_id_before, a.control_id as control_id_after
    from spans s
    join places p using (place_id)
    left join before b on b.place_id = s.place_id and b.valid_from <= s.from_day and b.valid_to >= s.to_day
    left join after a on a.place_id = s.place_id and a.valid_from <= s.from_day and a.valid_to >= s.to_day
    where s.to_day is not null
        and (b.holder_side, b.sides, coalesce(b.status, 'unknown')) is distinct from (a.holder_side, a.sides, coalesce(a.status, 'unknown'))
