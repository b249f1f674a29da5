-- What other coding schemes call each claim type; NULL where a scheme has no such thing.
-- ACLED: sub-event types of its 2023 codebook (a government that takes a place "regains" it); CAMEO: codes of version 1.1b3; PLOVER: event types.
select * from (values
    ('capture',      'Non-state actor overtakes territory',  'Government regains territory',         '192',  'ASSAULT'),
    ('handover',     'Non-violent transfer of territory',    'Non-violent transfer of territory',    '192',  'RETREAT'),
    ('withdrawal',   'Non-violent transfer of territory',    'Non-violent transfer of territory',    '0874', 'RETREAT'),
    ('siege',        'Other',                                'Other',                                '191',  'COERCE'),
    ('siege_lifted', 'Other',                                'Other',                                '0872', 'RETREAT'),
    ('repelled',     'Armed clash',                          'Armed clash',                          '190',  'ASSAULT'),
    ('advance',      'Armed clash',                          'Armed clash',                          '190',  'ASSAULT'),
    ('offensive',    'Armed clash',                          'Armed clash',                          '190',  'ASSAULT'),
    ('control',      null,                                   null,                                   null,   null),
    ('clash',        'Armed clash',                          'Armed clash',                          '190',  'ASSAULT'),
    ('air_strike',   'Air/drone strike',                     'Air/drone strike',                     '195',  'ASSAULT'),
    ('shelling',     'Shelling/artillery/missile attack',    'Shelling/artillery/missile attack',    '194',  'ASSAULT')
) as t (claim_type, acled_sub_event_type, acled_of_government, cameo_code, plover_type)
