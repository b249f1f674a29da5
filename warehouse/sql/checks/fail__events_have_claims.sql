-- Every event rests on at least one claim that does not contradict it.
select e.event_id, e.place_id, e.claim_type
from events e
anti join (select event_id from event_claims where relation <> 'contradicts') c using (event_id)
