-- Every place_id that claims, events and control carry is a place.
select 'claims' as relation, claim_id as id, place_id from claims anti join places using (place_id)
union all
select 'events', event_id, place_id from events anti join places using (place_id)
union all
select 'control', control_id, place_id from control anti join places using (place_id)
