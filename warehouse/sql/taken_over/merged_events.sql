-- The events that the published warehouse has of places with the same evidence as then.
select
    event_id, claim_type, place_id, actor_side as side, opponent_side, date_start - date '1970-01-01' as first,
    date_end - date '1970-01-01' as last, n_independent_sources as n_origins, confidence
from published.events
semi join staging.unchanged_places using (place_id)
