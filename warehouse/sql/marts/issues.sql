-- What was seen and not resolved, with how to mend it.
-- Beside what the lake has: places that two sides are said to have taken within a day or so (R3), as it is believed now.
-- @run_id: The run that saw it first; NULL for what follows from several reports together.
select issue_id, kind, found, expected, mend, path, line, report_id, char_start, char_end, run_id
from staging.issues
union all
select
    left(md5('taken_by_two_sides' || k.control_id), 16), 'taken_by_two_sides', p.name || ': ' || k.reason, 'one side that held it that day',
    'see what each report says; it stays contested until more is known', null, null, c.report_id, c.char_start, c.char_end, null
from control k
join places p using (place_id)
left join (select unnest(claim_ids) as claim_id, control_id from control) o using (control_id)
left join claims c using (claim_id)
where k.rule_id = 'R3' and k.known_to = date '9999-12-31'
qualify row_number() over (partition by k.control_id order by c.published_at desc, c.claim_id) = 1
order by kind, path, line, issue_id
