-- A hash of all that control reads of a place: as long as it is the same, so are the place's events and control.
select place_id, md5(list(md5(e::varchar) order by claim_id)::varchar) as mark
from staging.evidence e
group by place_id
order by place_id
