-- Who held what on a day, as believed today: one row a place of which anything is known.
-- A hold of which nothing was heard for too long is carried forward (R7): it says so, and its confidence decays.
macro control_on(day) as table
    select c.place_id, p.name, c.holder_side, c.sides, c.status, c.besieger_sides, c.valid_from, c.valid_to,
        if(r.carried, 'R7', c.rule_id) as rule_id,
        if(r.carried, 'carried_forward: nothing is heard of it after ' || c.last_evidence_on || '; before that: ' || c.reason, c.reason) as reason,
        c.basis, c.last_evidence_on, r.carried as carried_forward,
        if(r.carried, round(c.confidence * 0.5 ** ((day::date - c.carried_forward_from + 1) / r.half_life_days), 4), c.confidence) as confidence,
        c.claim_ids, c.n_confirming, c.n_contradicting, c.known_from, c.control_id
    from control c
    join places p using (place_id)
    cross join rule_sets s,
    lateral (select coalesce(c.carried_forward_from <= day::date, false) as carried, s.half_life_days) r
    where s.rule_set = 'main' and c.known_to = date '9999-12-31' and c.valid_from <= day::date and c.valid_to > day::date
