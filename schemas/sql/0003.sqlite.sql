-- Who asked for the same, word by word (schema version 3): looked for when a reply gives a file (条例 Art. 44).
CREATE INDEX cases_content ON cases (content, office) WHERE content IS NOT NULL;
