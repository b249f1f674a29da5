-- An id names one row.
select 'reports' as relation, report_id as id, count(*) as n from reports group by report_id having n > 1
union all
select 'claims', claim_id, count(*) as n from claims group by claim_id having n > 1
union all
select 'events', event_id, count(*) as n from events group by event_id having n > 1
union all
select 'control', control_id, count(*) as n from control group by control_id having n > 1
union all
select 'places', place_id, count(*) as n from places group by place_id having n > 1
