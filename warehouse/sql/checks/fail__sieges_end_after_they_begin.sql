-- A siege begins no later than it is last told of, and is told of no later than it ends.
select place_id, siege_no, begins_on, last_told_on, ends_on
from sieges
where begins_on > last_told_on or last_told_on > ends_on
