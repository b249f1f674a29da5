-- A control row lasts at least a day, in valid and in known time.
select control_id, place_id, valid_from, valid_to, known_from, known_to
from control
where valid_from >= valid_to or known_from >= known_to
