-- All claims about a place, which may be given by any of its names or by its id; oldest first.
macro claims_about(place) as table
    select c.published_at, c.source_id, c.claim_type, c.status, c.actor_side, c.opponent_side, c.date_start, c.date_end, c.claimed_by,
        c.quote, c.place_id, c.claim_id, c.report_id
    from claims c
    where c.place_id in (select n.place_id from place_names n where n.folded = fold_name(place) or n.place_id = place)
    order by c.published_at, c.claim_id
