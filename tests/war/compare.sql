-- Truth beside belief, one row a place and day. Parameters: $truth (CSV file), $last (last day of the war).
create temp table held as
    select place_id, side, besieger, valid_from, coalesce(valid_to, $last::date + 1) as valid_to
    from read_csv($truth, columns = {
        'place_id': 'varchar', 'side': 'varchar', 'valid_from': 'date', 'valid_to': 'date', 'besieger': 'varchar'
    }, header = true, nullstr = '');

-- Where sides took a place from one another within a day: contested is no error then.
create temp table fought as
    select distinct place_id, valid_from as day from held where valid_from = valid_to;

create temp table first_holder as
    select place_id, arg_min(side, valid_from) as side from held where valid_from < valid_to group by 1;

create temp table place_days as
    with days as (
        select place_id, side, besieger, unnest(generate_series(valid_from, valid_to - 1, interval 1 day))::date as day
        from held where valid_from < valid_to
    )
    select d.place_id, d.day, d.side, d.besieger, f.place_id is not null as fought, b.side as first_side,
        c.holder_side, c.status, c.basis, c.rule_id, c.reason, k.holder_side as known_side, k.status as known_status
    from days d
    left join fought f using (place_id, day)
    left join first_holder b using (place_id)
    left join control c on c.place_id = d.place_id and c.known_to = date '9999-12-31' and c.valid_from <= d.day and c.valid_to > d.day
    left join control k on k.place_id = d.place_id and k.known_from <= d.day and k.known_to > d.day and k.valid_from <= d.day and k.valid_to > d.day;

create temp macro agree(side, fought, holder, status) as
    coalesce(holder = side, false) or (side is null and coalesce(status, 'unknown') = 'unknown') or (fought and coalesce(status = 'contested', false));

-- Changes of hands, of truth and of belief.
create temp table changed as
    select place_id, valid_from as day, side from (
        select place_id, valid_from, side, lag(side) over w as before, row_number() over w as n
        from held where valid_from < valid_to window w as (partition by place_id order by valid_from)
    ) where n > 1 and side is distinct from before;

create temp table believed as
    select place_id, valid_from as day, holder_side as side, status from (
        select place_id, valid_from, holder_side, status, lag(holder_side) over w as before, row_number() over w as n
        from control where known_to = date '9999-12-31' window w as (partition by place_id order by valid_from)
    ) where n > 1 and holder_side is distinct from before and valid_from <= $last::date;

-- The score: one row, a column for each field of compare.Score.
create temp table scored as
    with judged as (
        select *, agree(side, fought, holder_side, status) as good, agree(side, fought, known_side, known_status) as good_then
        from place_days
    ),
    days as (
        select
            count(*) as place_days,
            count(*) filter (good) as n_right,
            count(*) filter (good_then) as n_right_when_known,
            count(*) filter (side is not distinct from first_side) as n_baseline,
            count(*) filter (not good and (status = 'contested' or basis = 'claimed')) as n_wrong_flagged,
            count(*) filter (not good and status = 'contested') as n_wrong_contested,
            count(*) filter (not good and status is null) as n_missing
        from judged
    ),
    found as (
        select count(*) as changes, count(*) filter (nearest = 0) as changes_found, count(*) filter (nearest <= 1) as changes_found_within_a_day
        from (
            select (select min(abs(b.day - c.day)) from believed b where b.place_id = c.place_id and b.side = c.side) as nearest
            from changed c where c.side is not null
        )
    ),
    true_ones as (
        select count(*) as believed, count(*) filter (nearest <= 1) as believed_true_within_a_day
        from (
            select (select min(abs(c.day - b.day)) from changed c where c.place_id = b.place_id and c.side = b.side) as nearest
            from believed b where b.side is not null
        )
    )
    select * from days, found, true_ones;

-- Runs of days with one wrong belief, the longest first (counted below zero).
create temp view stretches as
    select
        -count(*), place_id, min(day), max(day), coalesce(side, 'nobody'), coalesce(holder_side, status, 'nobody'),
        coalesce(basis, ''), coalesce(rule_id, ''), coalesce(reason, 'nothing is known')
    from place_days
    where not agree(side, fought, holder_side, status)
    group by place_id, side, holder_side, status, basis, rule_id, reason;
