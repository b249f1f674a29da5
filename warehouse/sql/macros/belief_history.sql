-- What was believed of one day, from the first time that anything was known to now: one row a belief, oldest first.
-- The place may be given by any of its names or by its id; because_of are the claims about it that were published on the day of the change.
macro belief_history(place, day) as table
    select c.known_from, c.known_to, c.holder_side, c.sides, c.status, c.besieger_sides, c.valid_from, c.valid_to, c.rule_id, c.reason, c.basis,
        c.confidence, c.claim_ids,
        (select list_sort(list(s.claim_id)) from statements s where s.place_id = c.place_id and s.published_at = c.known_from) as because_of,
        c.place_id, c.control_id
    from control c
    where c.place_id in (select n.place_id from place_names n where n.folded = fold_name(place) or n.place_id = place)
        and c.valid_from <= day::date and c.valid_to > day::date
    order by c.place_id, c.known_from
