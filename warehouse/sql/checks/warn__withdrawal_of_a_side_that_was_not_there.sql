-- A side withdraws from a place that it is believed to hold or contest on the day before.
select e.event_id, e.place_id, e.from_side, e.date_end, k.holder_side, k.status
from events e
join control k on k.place_id = e.place_id and k.known_to = date '9999-12-31' and k.valid_from <= e.date_end - 1 and k.valid_to > e.date_end - 1
where e.claim_type = 'withdrawal' and not list_contains(k.sides, e.from_side)
