-- Who held what on a day, as it could be known on another: rests on nothing that was published later.
-- The counts and the last evidence are those of the day of knowledge.
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
    )
    select b.place_id, p.name, b.holder_side, b.sides, b.status, b.valid_from, b.valid_to, b.rule_id, b.reason, b.basis,
        least(greatest(e.last_evidence_on, b.valid_from), b.valid_to - 1) as last_evidence_on, b.confidence, b.claim_ids,
        coalesce(e.n_confirming, 0) as n_confirming, coalesce(e.n_contradicting, 0) as n_contradicting, b.known_from, b.known_to, b.control_id
    from believed b
    join places p using (place_id)
    left join evidence e using (control_id)
