-- Claims of reports whose day of publication nothing tells do not move control.
select claim_id, report_id from claims where published_at is null
