-- How the claims of those events stand to them; copies come to them again in the end.
select ec.event_id, ec.claim_id, ec.relation
from published.event_claims ec
semi join (select claim_id from staging.evidence semi join staging.unchanged_places using (place_id)) e using (claim_id)
