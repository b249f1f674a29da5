-- For BI tools: one row a place and day of which anything is told, as believed today. Key: day, place_id; place_id joins bi_places.
-- It is made while it is read, and large: filter by day or place, or let the tool aggregate in the database.
-- @day: The day.
-- @month: First day of its month.
-- @place_id: Joins bi_places.
-- @holder_id: The side that holds it; NULL where that is contested or unknown.
-- @holder: Its name.
-- @status: Status of the hold, as in control.
-- @basis: claimed or assessed.
-- @confidence: 0 to 1, as in control.
-- @days_since_evidence: Days since the last of which a claim tells; 0 up to that day.
-- @control_id: The control row, which whoheld explain takes.
select d.day, d.month, c.place_id, c.holder_side as holder_id, coalesce(s.name, c.holder_side) as holder, c.status, c.basis, c.confidence,
    greatest(d.day - c.last_evidence_on, 0)::integer as days_since_evidence, c.control_id
from calendar d
join control c on c.valid_from <= d.day and c.valid_to > d.day
left join sides s on s.side_id = c.holder_side
where c.known_to = date '9999-12-31'
