-- Every claim of something that happened belongs to exactly one event, and that event is there.
select c.claim_id, c.claim_type, count(e.event_id) as n_events
from claims c
left join event_claims ec on ec.claim_id = c.claim_id and ec.relation <> 'contradicts'
left join events e using (event_id)
where c.status = 'happened'
group by c.claim_id, c.claim_type
having n_events <> 1
