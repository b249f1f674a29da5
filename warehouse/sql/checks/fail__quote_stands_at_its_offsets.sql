-- The quote of a claim stands in its report's text, letter for letter, at its offsets.
select c.claim_id, c.report_id, c.char_start, c.char_end, c.quote, substring(t.text, c.char_start + 1, c.char_end - c.char_start) as found
from claims c
left join staging.report_texts t using (report_id)
where t.text is null or substring(t.text, c.char_start + 1, c.char_end - c.char_start) <> c.quote
