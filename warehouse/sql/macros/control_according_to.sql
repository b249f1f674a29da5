-- Who held what on a day in the words of one voice, a source_id or a side_id: its last word of that day or an earlier one.
-- Published at any time; what the voice took back afterwards by a denial does not count. A side speaks through its own people and outlets.
macro control_according_to(who, day) as table
    with said as (
        select * from statements where (source_id = who or voice_side = who) and said_of <= day::date
    ),
    last as (
        select s.*
        from said s
        anti join statements d on d.says = 'denies' and (d.source_id = who or d.voice_side = who) and d.place_id = s.place_id
            and d.side = s.side and d.published_at >= s.published_at and d.said_of between s.said_of - 7 and s.said_of + 7
        where s.says <> 'denies' and s.extent = 'all'
        qualify rank() over (partition by s.place_id order by s.said_of desc, s.says = 'left') = 1
    ),
    word as (
        select place_id, coalesce(list_sort(list(distinct side) filter (where says = 'holds')), []) as sides, max(said_of) as said_of,
            min(published_at) as said_on, list_sort(list(claim_id)) as claim_ids
        from last
        group by place_id
    )
    select w.place_id, p.name, if(len(w.sides) = 1, w.sides[1], null) as holder_side, w.sides,
        case len(w.sides) when 0 then 'unknown' when 1 then 'held' else 'contested' end as status, w.said_of, w.said_on, w.claim_ids
    from word w
    join places p using (place_id)
