-- For BI tools: one row a claim with its place, outlet and sides by name. Key: claim_id; place_id joins bi_places, source_id bi_sources.
-- @place_id: Joins bi_places.
-- @place: Name of the place.
-- @kind: Kind of the place.
-- @governorate: First-level division.
-- @source_id: Joins bi_sources.
-- @source: Name of the outlet.
-- @published_at: Day of publication.
-- @actor: Name of the side that acts or holds.
-- @opponent: Name of the other side.
-- @lag_days: Days from the last day that it speaks of to publication; NULL where it is undated.
-- @origin: Root of the statement: the claimant that it names, otherwise the outlet.
-- @is_repeat: True where its report is a near-duplicate of an earlier one that says the same.
-- @event_id: The event that it supports or repeats; NULL where it is a plan or a denial.
-- @title: Title of the report.
-- @url: Address of the report.
select c.claim_id, c.report_id, c.source_id, s.name as source, c.published_at, c.place_id, p.name as place, p.kind, p.admin1 as governorate, c.claim_type, c.status,
    c.actor_side, coalesce(a.name, c.actor_side) as actor, c.opponent_side, coalesce(o.name, c.opponent_side) as opponent,
    c.date_start, c.date_end, c.date_prec, c.date_basis, (c.published_at - coalesce(c.date_end, c.date_start))::integer as lag_days,
    c.claimed_by, c.claimed_by_side, c.attribution, c.against_interest, c.origin, c.repeats_claim_id is not null as is_repeat,
    c.extent, c.confidence, c.quote, e.event_id, r.title, r.url
from claims c
join places p using (place_id)
join reports r using (report_id)
left join sources s on s.source_id = c.source_id
left join sides a on a.side_id = c.actor_side
left join sides o on o.side_id = c.opponent_side
left join event_claims e on e.claim_id = c.claim_id and e.relation <> 'contradicts'
