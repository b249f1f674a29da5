-- A name in lower-case ASCII without marks, words parted by one blank: the form of place_names.folded.
-- Letters that lose nothing when their marks are stripped, because they carry none, are put into ASCII one by one.
macro fold_name(name) as
    trim(regexp_replace(
        translate(lower(strip_accents(regexp_replace(name, '[''’ʼ`‘ʿʾ]', '', 'g'))), 'ıøłđħəŋ', 'ioldhan'),
        '[^a-z0-9]+', ' ', 'g'))
