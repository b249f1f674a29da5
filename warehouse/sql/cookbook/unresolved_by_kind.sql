-- What was seen and could not be resolved, and how is it mended?
-- One row a kind of issue.
SELECT kind, count(*) AS issues, min(mend) AS to_mend_it
FROM issues
GROUP BY kind
ORDER BY issues DESC, kind;
