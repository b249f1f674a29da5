-- Every day from the first of which anything is told to the last day of publication.
-- @day: The day.
-- @year: Year.
-- @month: First day of its month.
-- @week: Monday of its week.
select d::date as day, year(d)::integer as year, date_trunc('month', d)::date as month, date_trunc('week', d)::date as week
from (
    select unnest(generate_series(least(min(first_on), min(last_on)), max(last_on), interval 1 day)) as d
    from (
        select min(valid_from) as first_on, null::date as last_on from control
        union all
        select min(published_at), max(published_at) from reports
    )
)
order by day
