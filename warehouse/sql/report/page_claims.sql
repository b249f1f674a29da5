-- The claims in the report page that bear on control, numbered from 0.
-- @n: Number of the claim.
-- @id: The claim.
-- @report: Number of the report.
-- @quote: The passage that shows it.
-- @type: What is said to have happened.
-- @denied: 1 where it is denied.
-- @actor: Number of the side of which it speaks; NULL where it cannot be told.
-- @by: Whom the report names as the source.
-- @attribution: What kind of source speaks.
-- @against_interest: 1 where the claimant's own side loses by it.
-- @is_repeat: 1 where its report is a near-duplicate of an earlier one that says the same.
select row_number() over (order by c.claim_id) - 1 as n, c.claim_id as id, r.n as report, c.quote, c.claim_type as type,
    (c.status = 'denied')::integer as denied, s.n as actor, coalesce(c.claimed_by, '') as by, c.attribution,
    c.against_interest::integer as against_interest, (c.repeats_claim_id is not null)::integer as is_repeat
from claims c
join page_reports r on r.id = c.report_id
left join page_sides s on s.id = c.actor_side
semi join control_evidence e using (claim_id)
