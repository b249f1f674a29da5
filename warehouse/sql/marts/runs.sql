-- One execution of the pipeline.
select * from staging.runs order by started_at, run_id
