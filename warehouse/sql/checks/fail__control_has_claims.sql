-- Every control row names at least one claim, and a holder exactly where it is held.
select control_id, place_id, status, holder_side
from control
where len(claim_ids) = 0 or (status in ('held', 'besieged')) <> (holder_side is not null)
