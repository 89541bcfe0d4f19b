-- A name as its words in capitals, sorted: neither order nor accents nor signs tell two apart.
CREATE OR REPLACE TEMP MACRO name_key(name) AS array_to_string(
    list_sort(
        regexp_extract_all(
            replace(replace(upper(strip_accents(name)), '''', ''), '.', ''), '[A-Z0-9]+'
        )
    ),
    ' '
)
