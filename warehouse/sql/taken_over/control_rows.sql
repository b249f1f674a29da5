-- The control rows that the published warehouse has of places with the same evidence as then, by all rule sets.
select
    rule_set, control_id, place_id, holder_side, sides, status, besieger_sides as besiegers, valid_from - date '1970-01-01' as valid_from,
    valid_to - date '1970-01-01' as valid_to, known_from - date '1970-01-01' as known_from, known_to - date '1970-01-01' as known_to,
    rule_id, reason, basis, confidence, claim_ids
from (select 'main' as rule_set, * from published.control union all by name from published.control_alternatives)
semi join staging.unchanged_places using (place_id)
