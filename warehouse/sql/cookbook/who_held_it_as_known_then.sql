-- What was believed then about a day, and what is believed of that day now?
-- The first holder rests only on what had been published by the day of knowledge. Rows are places on which the two differ.
SET VARIABLE day = DATE '2017-11-12';
SET VARIABLE known = DATE '2017-11-10';
SELECT p.name, t.holder_side AS believed_then, coalesce(t.status, 'untold') AS status_then,
    n.holder_side AS believed_now, coalesce(n.status, 'untold') AS status_now, n.valid_from AS since
FROM control_as_known(getvariable('day'), getvariable('known')) t
FULL JOIN control_on(getvariable('day')) n USING (place_id)
JOIN places p USING (place_id)
WHERE (t.holder_side, t.status) IS DISTINCT FROM (n.holder_side, n.status)
ORDER BY p.name;
