-- Which claims bear on which control rows of the report page; days are counted from 1970-01-01.
-- @n: Number of the row.
-- @hold: Number of the control row.
-- @claim: Number of the claim.
-- @role: 0 opens, 1 confirms, 2 contradicts.
-- @told: The last day that the claim speaks of.
-- @published: Day on which it was published.
select row_number() over (order by h.n, e.published_at, c.n) - 1 as n, h.n as hold, c.n as claim,
    list_position(['opens', 'confirms', 'contradicts'], e.role) - 1 as role,
    e.evidence_on - date '1970-01-01' as told, e.published_at - date '1970-01-01' as published
from control_evidence e
join page_holds h using (control_id)
join page_claims c on c.id = e.claim_id
