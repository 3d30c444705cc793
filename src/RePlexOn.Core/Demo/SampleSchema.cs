namespace RePlexOn.Demo;

/// <summary>
/// Schemas with the tables, the collation and the virtual tables that matter for a backup of a Plex server's databases.
/// </summary>
internal static class SampleSchema
{
    public const string Library = """
        CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT, created_at INTEGER, updated_at INTEGER, thumb TEXT);
        CREATE TABLE library_sections (
            id INTEGER PRIMARY KEY, name TEXT, section_type INTEGER, language TEXT, agent TEXT, scanner TEXT,
            uuid TEXT, created_at INTEGER, updated_at INTEGER);
        CREATE TABLE section_locations (id INTEGER PRIMARY KEY, library_section_id INTEGER, root_path TEXT, available INTEGER);
        CREATE TABLE metadata_items (
            id INTEGER PRIMARY KEY, library_section_id INTEGER, parent_id INTEGER, metadata_type INTEGER, guid TEXT,
            title TEXT, title_sort TEXT COLLATE NOCASE, studio TEXT, summary TEXT, year INTEGER, duration INTEGER,
            user_thumb_url TEXT, added_at INTEGER, updated_at INTEGER, hash TEXT);
        CREATE INDEX index_metadata_items_on_library_section_id ON metadata_items (library_section_id);
        CREATE INDEX index_metadata_items_on_guid ON metadata_items (guid);
        CREATE INDEX index_title_sort_icu ON metadata_items (title_sort COLLATE icu_root);
        CREATE TABLE media_items (
            id INTEGER PRIMARY KEY, metadata_item_id INTEGER, width INTEGER, height INTEGER, size INTEGER, bitrate INTEGER,
            container TEXT, video_codec TEXT, audio_codec TEXT);
        CREATE INDEX index_media_items_on_metadata_item_id ON media_items (metadata_item_id);
        CREATE TABLE media_parts (
            id INTEGER PRIMARY KEY, media_item_id INTEGER, hash TEXT, open_subtitle_hash TEXT, file TEXT, size INTEGER,
            duration INTEGER, extra_data TEXT);
        CREATE INDEX index_media_parts_on_file ON media_parts (file);
        CREATE TABLE metadata_item_settings (
            id INTEGER PRIMARY KEY, account_id INTEGER, guid TEXT, rating REAL, view_offset INTEGER, view_count INTEGER,
            last_viewed_at INTEGER, updated_at INTEGER);
        CREATE UNIQUE INDEX index_metadata_item_settings_on_account_id_and_guid ON metadata_item_settings (account_id, guid);
        CREATE TABLE metadata_item_views (
            id INTEGER PRIMARY KEY, account_id INTEGER, guid TEXT, metadata_type INTEGER, library_section_id INTEGER,
            title TEXT, viewed_at INTEGER, device_id INTEGER);
        CREATE INDEX index_metadata_item_views_on_viewed_at ON metadata_item_views (viewed_at);
        CREATE TABLE tags (id INTEGER PRIMARY KEY, tag TEXT COLLATE NOCASE, tag_type INTEGER, user_thumb_url TEXT);
        CREATE TABLE taggings (id INTEGER PRIMARY KEY, metadata_item_id INTEGER, tag_id INTEGER, "index" INTEGER, text TEXT);
        CREATE INDEX index_taggings_on_metadata_item_id ON taggings (metadata_item_id);
        CREATE TABLE statistics_media (
            id INTEGER PRIMARY KEY, account_id INTEGER, device_id INTEGER, timespan INTEGER, at INTEGER,
            metadata_type INTEGER, count INTEGER, duration INTEGER);
        CREATE TABLE preferences (id INTEGER PRIMARY KEY, name TEXT, value TEXT);
        CREATE TABLE schema_migrations (version TEXT NOT NULL UNIQUE, rollback_sql TEXT, optimize_on_rollback INTEGER);
        CREATE TABLE sample_commits (number INTEGER PRIMARY KEY, guid TEXT);

        CREATE TABLE fts4_metadata_titles_icu_segments (blockid INTEGER PRIMARY KEY, block BLOB);
        CREATE TABLE fts4_metadata_titles_icu_segdir (
            level INTEGER, idx INTEGER, start_block INTEGER, leaves_end_block INTEGER, end_block INTEGER, root BLOB,
            PRIMARY KEY (level, idx));
        CREATE TABLE fts4_metadata_titles_icu_docsize (docid INTEGER PRIMARY KEY, size BLOB);
        CREATE TABLE fts4_metadata_titles_icu_stat (id INTEGER PRIMARY KEY, value BLOB);
        CREATE TABLE spellfix_metadata_titles_vocab (id INTEGER PRIMARY KEY, rank INT, langid INT, word TEXT, k1 TEXT, k2 TEXT);
        """;

    /// <summary>
    /// Virtual tables whose modules only Plex's own SQLite has. Stock SQLite refuses to create them, so their
    /// definitions are written into the schema as Plex's SQLite would write them.
    /// </summary>
    public const string VirtualTables = """
        PRAGMA writable_schema = ON;
        INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES
            ('table', 'fts4_metadata_titles_icu', 'fts4_metadata_titles_icu', 0,
             'CREATE VIRTUAL TABLE fts4_metadata_titles_icu USING fts4(content="metadata_items", title, title_sort, tokenize=collating)'),
            ('table', 'spellfix_metadata_titles', 'spellfix_metadata_titles', 0,
             'CREATE VIRTUAL TABLE spellfix_metadata_titles USING spellfix1');
        PRAGMA writable_schema = OFF;
        """;

    public const string Blobs = """
        CREATE TABLE blobs (
            id INTEGER PRIMARY KEY, linked_type TEXT, linked_id INTEGER, linked_guid TEXT, blob BLOB, blob_type INTEGER,
            created_at INTEGER);
        CREATE INDEX index_blobs_on_linked_guid ON blobs (linked_guid);
        CREATE TABLE schema_migrations (version TEXT NOT NULL UNIQUE);
        """;

    /// <summary>
    /// Rows for <c>$rows</c> titles of <c>$bytes</c> each. All values come from the row's number and <c>$seed</c>.
    /// </summary>
    public const string LibraryRows = """
        INSERT INTO accounts (id, name, created_at) VALUES (1, 'sample owner', 1767225600), (2, 'sample guest', 1767225600);
        INSERT INTO library_sections (id, name, section_type, language, agent, scanner) VALUES
            (1, 'Movies', 1, 'en-US', 'tv.plex.agents.movie', 'Plex Movie'),
            (2, 'TV Shows', 2, 'en-US', 'tv.plex.agents.series', 'Plex TV Series'),
            (3, 'Music', 8, 'en-US', 'tv.plex.agents.music', 'Plex Music');
        INSERT INTO section_locations (id, library_section_id, root_path, available) VALUES
            (1, 1, '/media/Movies', 1), (2, 2, '/media/TV Shows', 1), (3, 3, '/media/Music', 1);
        INSERT INTO tags (id, tag, tag_type) VALUES (1, 'Drama', 1), (2, 'Comedy', 1), (3, 'Documentary', 1), (4, 'Favourites', 2);
        WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < $rows)
        INSERT INTO metadata_items (
            id, library_section_id, metadata_type, guid, title, title_sort, studio, summary, year, duration, added_at, updated_at)
        SELECT i, 1 + i % 3, 1, printf('plex://movie/%016x', i * 2654435761 + $seed), printf('Título “%d” of many', i),
            printf('Título %08d', (i * 7919) % 100000007), printf('Studio %d', i % 37),
            substr(replace(printf('%.*c', $bytes / 12 + 1, 'x'), 'x', printf('word %06x ', (i * 40503 + $seed) % 16777216)), 1, $bytes),
            1950 + i % 76, 5400000 + i, 1767225600 - i * 60, 1767225600 - i
        FROM n;
        INSERT INTO media_items (id, metadata_item_id, width, height, size, bitrate, container, video_codec, audio_codec)
        SELECT id, id, 1920, 1080, 4000000000 + id, 8000, 'mkv', 'hevc', 'eac3' FROM metadata_items;
        INSERT INTO media_parts (id, media_item_id, hash, file, size, duration)
        SELECT id, id, printf('%040x', id), printf('/media/Movies/It''s number %d/film.mkv', id), 4000000000 + id, duration
        FROM metadata_items;
        INSERT INTO metadata_item_settings (id, account_id, guid, view_count) SELECT id, 1, guid, 0 FROM metadata_items;
        INSERT INTO taggings (metadata_item_id, tag_id, "index") SELECT id, 1 + id % 4, 0 FROM metadata_items;
        INSERT INTO spellfix_metadata_titles_vocab (rank, langid, word) SELECT 1, 0, title FROM metadata_items WHERE id % 10 = 0;
        INSERT INTO fts4_metadata_titles_icu_docsize (docid, size) SELECT id, x'0303' FROM metadata_items;
        """;

    /// <summary>Rows for a tenth as many blobs, of four times the size.</summary>
    public const string BlobRows = """
        WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i <= $rows / 10)
        INSERT INTO blobs (id, linked_type, linked_id, linked_guid, blob, blob_type)
        SELECT i, 'metadata_item', i, printf('plex://movie/%016x', i * 2654435761 + $seed),
            CAST(replace(printf('%.*c', $bytes / 3 + 1, 'x'), 'x', printf('%012x', i * 40503 + $seed)) AS BLOB), 3
        FROM n;
        """;
}
