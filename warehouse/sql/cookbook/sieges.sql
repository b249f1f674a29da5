-- Which places were besieged, by whom, from when to when, and how did it end?
-- ends_on is NULL where no report tells an end; last_told_on says how old the news of the siege is.
SELECT p.name, s.besieger_side, s.besieged_side, s.begins_on, s.last_told_on, s.ends_on, s.ended_by, s.n_sources
FROM sieges s
JOIN places p USING (place_id)
ORDER BY s.begins_on, p.name;
