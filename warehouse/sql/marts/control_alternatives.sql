-- Who held each place by the further rule sets of the theatre (see rule_sets), otherwise as control; empty where it has none.
-- @rule_set: Name of the rule set.
-- @control_id: Hash of the row.
-- @place_id: The place.
-- @holder_side: The side that holds it; NULL where that is contested or unknown.
-- @sides: The holder, or the sides between which it is contested.
-- @status: held, contested, besieged or unknown.
-- @besieger_sides: Who besieges it.
-- @valid_from: First day of the interval.
-- @valid_to: Day after the last; 9999-12-31 where it lasts.
-- @known_from: Publication day of the claim from which on this was believed.
-- @known_to: Publication day of the claim that changed it; 9999-12-31 where it is believed still.
-- @rule_id: The rule that made the row.
-- @reason: Why, in words.
-- @basis: claimed or assessed.
-- @confidence: 0 to 1.
-- @claim_ids: The claims that made it.
select
    rule_set, control_id, place_id, holder_side, sides, status, besiegers as besieger_sides,
    date '1970-01-01' + valid_from as valid_from, date '1970-01-01' + valid_to as valid_to,
    date '1970-01-01' + known_from as known_from, date '1970-01-01' + known_to as known_to, rule_id, reason, basis, confidence, claim_ids
from staging.control_rows
where rule_set <> 'main'
order by rule_set, place_id, known_from, valid_from, known_to
