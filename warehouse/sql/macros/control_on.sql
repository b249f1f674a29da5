-- Who held what on a day, as believed today: one row a place of which anything is known.
macro control_on(day) as table
    select c.place_id, p.name, c.holder_side, c.sides, c.status, c.valid_from, c.valid_to, c.rule_id, c.reason, c.basis,
        c.last_evidence_on, c.confidence, c.claim_ids, c.n_confirming, c.n_contradicting, c.known_from, c.control_id
    from control c
    join places p using (place_id)
    where c.known_to = date '9999-12-31' and c.valid_from <= day::date and c.valid_to > day::date
