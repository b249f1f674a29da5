-- Every claim comes from a report in the warehouse.
select claim_id, report_id from claims anti join reports using (report_id)
