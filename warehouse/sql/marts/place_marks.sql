-- From what the events and control of each place were derived: the next build derives those anew of which it differs.
-- @place_id: The place.
-- @mark: Hash of the evidence of the place.
select place_id, mark from staging.place_marks order by place_id
