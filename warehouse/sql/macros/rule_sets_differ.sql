-- Places of which another rule set believes today something else of a day than the main one.
macro rule_sets_differ(named, day) as table
    with main as (
        select * from control where known_to = date '9999-12-31' and valid_from <= day::date and valid_to > day::date
    ),
    other as (
        select * from control_of(named) where known_to = date '9999-12-31' and valid_from <= day::date and valid_to > day::date
    )
    select coalesce(m.place_id, o.place_id) as place_id, p.name, m.holder_side as main_holder, coalesce(m.status, 'unknown') as main_status,
        m.reason as main_reason, o.holder_side as other_holder, coalesce(o.status, 'unknown') as other_status, o.reason as other_reason,
        m.control_id as main_control_id, o.control_id as other_control_id
    from main m
    full join other o using (place_id)
    join places p on p.place_id = coalesce(m.place_id, o.place_id)
    where (m.holder_side, m.sides, coalesce(m.status, 'unknown')) is distinct from (o.holder_side, o.sides, coalesce(o.status, 'unknown'))
