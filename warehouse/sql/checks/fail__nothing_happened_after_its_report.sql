-- Nothing is claimed to have happened later than one day after its report was published.
select claim_id, report_id, claim_type, date_start, date_end, published_at
from claims
where status = 'happened' and coalesce(date_end, date_start) > published_at + 1
