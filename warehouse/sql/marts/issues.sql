-- What was seen and not resolved, with how to mend it.
select issue_id, kind, found, expected, mend, path, line, report_id, char_start, char_end, run_id
from staging.issues
order by kind, path, line, issue_id
