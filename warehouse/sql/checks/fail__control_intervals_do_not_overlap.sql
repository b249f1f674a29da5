-- Of one place there are no two control rows for the same day in the same state of knowledge.
select a.place_id, a.control_id, b.control_id as other_id, a.valid_from, a.valid_to, b.valid_from as other_from, b.valid_to as other_to
from control a
join control b on a.place_id = b.place_id and a.control_id < b.control_id
    and a.valid_from < b.valid_to and b.valid_from < a.valid_to and a.known_from < b.known_to and b.known_from < a.known_to
