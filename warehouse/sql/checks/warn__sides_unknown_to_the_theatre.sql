-- Sides that claims carry are sides of the theatre.
select c.actor_side, count(*) as n_claims
from claims c
anti join sides s on s.side_id = c.actor_side
where c.actor_side <> 'unknown'
group by c.actor_side
