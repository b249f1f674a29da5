-- A name in lower-case ASCII without marks, words parted by one blank: the form of place_names.folded.
macro fold_name(name) as
    trim(regexp_replace(lower(strip_accents(regexp_replace(name, '[''’ʼ`‘ʿʾ]', '', 'g'))), '[^a-z0-9]+', ' ', 'g'))
