-- Places on which points of view differ now: outlets or sides whose last words name different holders.
-- A last word counts where it is not older than the hold that is believed now: older ones were overtaken and not contradicted.
-- @place_id: The place.
-- @name: Its name.
-- @holder_side: Who is believed to hold it now; NULL where nobody is.
-- @status: held, contested, besieged or unknown.
-- @says_side: A holder that some voices name.
-- @voices: Outlets and sides whose last word names it.
-- @said_of: The latest day for which one of them does.
-- @is_believed: True where it is the holder that is believed.
-- @claim_ids: The claims that are these last words.
with now_held as (
    select place_id, holder_side, status, valid_from from control where known_to = date '9999-12-31' and valid_to = date '9999-12-31'
),
said as (
    select w.place_id, n.holder_side, n.status, w.holder_side as says_side, w.voice, w.said_of, w.claim_ids
    from last_words w
    left join now_held n using (place_id)
    where w.holder_side is not null and (n.valid_from is null or w.said_of > n.valid_from or w.holder_side = n.holder_side)
)
select
    s.place_id, p.name, any_value(s.holder_side) as holder_side, coalesce(any_value(s.status), 'unknown') as status, s.says_side,
    list_sort(list(distinct s.voice)) as voices, max(s.said_of) as said_of, coalesce(s.says_side = any_value(s.holder_side), false) as is_believed,
    list_sort(list_distinct(flatten(list(s.claim_ids)))) as claim_ids
from said s
join places p using (place_id)
where s.place_id in (select place_id from said group by place_id having count(distinct says_side) > 1)
group by s.place_id, p.name, s.says_side
order by s.place_id, s.says_side
