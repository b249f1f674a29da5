-- Control by one rule set, 'main' or a further one of the theatre: the rows of control, or those of control_alternatives.
macro control_of(named) as table
    select control_id, place_id, holder_side, sides, status, besieger_sides, valid_from, valid_to, known_from, known_to, rule_id, reason, basis,
        confidence, claim_ids
    from control
    where named = 'main'
    union all
    select control_id, place_id, holder_side, sides, status, besieger_sides, valid_from, valid_to, known_from, known_to, rule_id, reason, basis,
        confidence, claim_ids
    from control_alternatives
    where rule_set = named
