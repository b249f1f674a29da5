-- The last word of every outlet, and of every side, on every place of which it spoke: its point of view now.
-- What a voice took back afterwards by a denial does not count; two sides named for the same last day stand side by side.
-- @voice: The source_id or side_id whose word it is.
-- @voice_kind: source (all that the outlet published) or side (all that its own people and outlets said).
-- @place_id: The place.
-- @holder_side: Who holds it in this voice's words; NULL where its last word is that somebody left.
-- @sides: The holder, or the sides that it names for one and the same day.
-- @said_of: The day of which it last spoke.
-- @said_on: Day on which the last word was published.
-- @claim_ids: The claims that are its last word.
with views as (
    select source_id as voice, 'source' as voice_kind, * exclude (repeats_claim_id) from statements
    union all
    select voice_side, 'side', * exclude (repeats_claim_id) from statements where voice_side is not null
),
kept as (
    select v.*
    from views v
    anti join views d on d.says = 'denies' and d.voice = v.voice and d.voice_kind = v.voice_kind and d.place_id = v.place_id
        and d.side = v.side and d.published_at >= v.published_at and d.said_of between v.said_of - 7 and v.said_of + 7
    where v.says <> 'denies' and v.extent = 'all'
),
last as (
    select * from kept qualify rank() over (partition by voice_kind, voice, place_id order by said_of desc, says = 'left') = 1
)
select
    voice, voice_kind, place_id, if(count(distinct side) filter (where says = 'holds') = 1, min(side) filter (where says = 'holds'), null) as holder_side,
    coalesce(list_sort(list(distinct side) filter (where says = 'holds')), []) as sides, max(said_of) as said_of, max(published_at) as said_on,
    list_sort(list(claim_id)) as claim_ids
from last
group by voice, voice_kind, place_id
order by place_id, voice_kind, voice
