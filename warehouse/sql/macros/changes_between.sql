-- Places whose holder or status differs between two days, as believed today, with the belief of the later day.
macro changes_between(day1, day2) as table
    with before as (
        select * from control where known_to = date '9999-12-31' and valid_from <= day1::date and valid_to > day1::date
    ),
    after as (
        select * from control where known_to = date '9999-12-31' and valid_from <= day2::date and valid_to > day2::date
    )
    select coalesce(a.place_id, b.place_id) as place_id, p.name, b.holder_side as holder_before, coalesce(b.status, 'unknown') as status_before,
        a.holder_side as holder_after, coalesce(a.status, 'unknown') as status_after, a.valid_from as since, a.rule_id, a.reason, a.basis,
        a.confidence, a.claim_ids, a.control_id
    from before b
    full join after a using (place_id)
    join places p on p.place_id = coalesce(a.place_id, b.place_id)
    where (b.holder_side, b.sides, coalesce(b.status, 'unknown')) is distinct from (a.holder_side, a.sides, coalesce(a.status, 'unknown'))
