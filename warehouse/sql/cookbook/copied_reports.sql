-- Who copies whom?
-- Reports that are near-duplicates of an earlier one, by both outlets. They count as no second source.
SELECT s.name AS outlet, o.name AS first_published_by, count(*) AS reports
FROM reports r
JOIN reports f ON f.report_id = r.near_duplicate_of
JOIN sources s ON s.source_id = r.source_id
JOIN sources o ON o.source_id = f.source_id
GROUP BY ALL
ORDER BY reports DESC, outlet, first_published_by;
