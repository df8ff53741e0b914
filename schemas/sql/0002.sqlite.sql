-- The catalogue of what is public already (schema version 2): what the loads in the offices' streams came to.
--
-- An id is a running number times 256 plus the number of different pairs of characters in the title, so that the
-- share of a title that a request holds is known from the index alone.  Keys are folded as requests are; the words are kept as
-- they were indexed, since the index can only forget what it is told.
CREATE TABLE catalogue (
    id INTEGER PRIMARY KEY, office TEXT NOT NULL, title TEXT NOT NULL, document_number TEXT NOT NULL, date TEXT NOT NULL,
    unit TEXT NOT NULL, url TEXT NOT NULL, published_on TEXT NOT NULL, title_key TEXT NOT NULL, number_key TEXT NOT NULL,
    title_words TEXT NOT NULL, number_words TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX catalogue_url ON catalogue (office, url);
CREATE INDEX catalogue_title ON catalogue (title_key);
CREATE INDEX catalogue_number ON catalogue (number_key) WHERE number_key <> '';

-- Words are pairs of characters already (core/similar); whatever is no blank belongs to one.  The store writes it: a
-- trigger may not, in a ledger whose schema is not trusted.
CREATE VIRTUAL TABLE catalogue_words USING fts5 (title_words, number_words, content = 'catalogue', content_rowid = 'id', prefix = '1',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Cn Co'");
