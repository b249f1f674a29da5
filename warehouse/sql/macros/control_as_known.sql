-- Who held what on a day, as it could be known on another: rests on nothing that was published later.
-- The counts, the last evidence and what is carried forward (R7) are those of the day of knowledge.
macro control_as_known(day, known) as table
    with believed as (
        select c.*
        from control c
        where c.known_from <= known::date and c.known_to > known::date and c.valid_from <= day::date and c.valid_to > day::date
    ),
    evidence as (
        select e.control_id, max(e.evidence_on) filter (where e.role <> 'contradicts') as last_evidence_on,
            count(*) filter (where e.role = 'confirms')::integer as n_confirming,
            count(*) filter (where e.role = 'contradicts')::integer as n_contradicting
        from control_evidence e
        semi join believed b using (control_id)
        where e.published_at <= known::date
        group by e.control_id
    ),
    counted as (
        select b.* replace (least(greatest(e.last_evidence_on, b.valid_from), b.valid_to - 1) as last_evidence_on,
                coalesce(e.n_confirming, 0) as n_confirming, coalesce(e.n_contradicting, 0) as n_contradicting),
            day::date - least(greatest(e.last_evidence_on, b.valid_from), b.valid_to - 1) - s.carried_after_days as silent_days, s.half_life_days
        from believed b
        cross join rule_sets s
        left join evidence e using (control_id)
        where s.rule_set = 'main'
    )
    select c.place_id, p.name, c.holder_side, c.sides, c.status, c.besieger_sides, c.valid_from, c.valid_to,
        if(c.silent_days > 0, 'R7', c.rule_id) as rule_id,
        if(c.silent_days > 0, 'carried_forward: nothing is heard of it after ' || c.last_evidence_on || '; before that: ' || c.reason, c.reason)
            as reason,
        c.basis, c.last_evidence_on, coalesce(c.silent_days > 0, false) as carried_forward,
        if(c.silent_days > 0, round(c.confidence * 0.5 ** (c.silent_days / c.half_life_days), 4), c.confidence) as confidence,
        c.claim_ids, c.n_confirming, c.n_contradicting, c.known_from, c.known_to, c.control_id
    from counted c
    join places p using (place_id)
