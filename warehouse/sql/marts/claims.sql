-- What one report says of one happening or state at one place, with its quote.
-- @source_id: The outlet of the report.
-- @published_at: Day on which the report was published.
-- @origin: Root of the statement: the claimant that it names, otherwise the outlet.
-- @repeats_claim_id: The claim of an earlier report of which this report is a near-duplicate, where that one says the same.
-- @acled_sub_event_type: The ACLED sub-event type that comes nearest.
-- @cameo_code: The CAMEO code that comes nearest.
-- @plover_type: The PLOVER event type that comes nearest.
select
    c.claim_id, c.report_id, c.source_id, c.published_at, c.sentence_no, c.char_start, c.char_end, c.quote, c.claim_type, c.status,
    c.place_id, c.place_text, c.geo_prec, c.actor_id, c.actor_side, c.actor_text, c.opponent_id, c.opponent_side, c.opponent_text,
    c.date_start, c.date_end, c.date_prec, c.date_basis, c.date_text, c.claimed_by, c.claimed_by_side, c.attribution, c.against_interest,
    c.origin, c.repeats_claim_id, c.extent, c.rule_id, c.confidence, c.config_hash, c.run_id,
    if(c.actor_side like '%government', x.acled_of_government, x.acled_sub_event_type) as acled_sub_event_type, x.cameo_code, x.plover_type
from staging.claim_facts c
join staging.crosswalk x using (claim_type)
order by c.place_id, c.published_at, c.claim_id
