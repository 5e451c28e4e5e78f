using Microsoft.Data.Sqlite;

namespace Deploy.Emulator.Persistence;

/// <summary>The tables, brought from whatever version a store has to the newest.</summary>
internal static class StoreSchema
{
    // One entry per version; a store made by an older program runs through those it has not seen. Entries are never edited, only added.
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE IF NOT EXISTS resources (key TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE,
            location TEXT NOT NULL, apiVersion TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS resources_by_type ON resources (type, location, name);
        CREATE TABLE IF NOT EXISTS secrets (key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS operations (id TEXT PRIMARY KEY, kind TEXT NOT NULL, resourceKey TEXT NOT NULL, startedAt INTEGER NOT NULL, endsAt INTEGER NOT NULL,
            status TEXT NOT NULL, purges INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS operations_running ON operations (status, endsAt);
        CREATE TABLE IF NOT EXISTS deleted (key TEXT PRIMARY KEY, type TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL, location TEXT NOT NULL, body TEXT NOT NULL,
            deletedAt INTEGER NOT NULL, purgeAt INTEGER NOT NULL) WITHOUT ROWID;
        """,
        """
        ALTER TABLE resources ADD COLUMN createdAt INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE resources ADD COLUMN changedAt INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE resources ADD COLUMN owner TEXT NOT NULL DEFAULT '';
        ALTER TABLE operations ADD COLUMN error TEXT;
        UPDATE resources SET owner = lower(coalesce(json_extract(body, '$.properties.hubResourceId'), json_extract(body, '$.properties.principalId'),
            json_extract(body, '$.properties.customSubDomainName'), json_extract(body, '$.properties.roleName'), ''));
        CREATE INDEX resources_by_type_and_key ON resources (type, key);
        CREATE INDEX resources_by_name ON resources (type, name);
        CREATE INDEX resources_by_owner ON resources (type, owner);
        CREATE INDEX resources_tracked ON resources (key) WHERE location <> '';
        CREATE INDEX operations_by_resource ON operations (resourceKey, status);
        CREATE INDEX operations_ended ON operations (endsAt) WHERE status <> 'InProgress';
        CREATE INDEX deleted_by_name ON deleted (type, name COLLATE NOCASE);
        CREATE INDEX deleted_by_type_and_key ON deleted (type, key);
        CREATE INDEX deleted_due ON deleted (purgeAt);
        CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE principals (id TEXT PRIMARY KEY, createdAt INTEGER NOT NULL) WITHOUT ROWID;
        """,
    ];

    public static void Apply(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        for (; version < Versions.Length; version++)
        {
            command.CommandText = $"BEGIN; {Versions[version]} PRAGMA user_version = {version + 1}; COMMIT;";
            command.ExecuteNonQuery();
        }
    }
}
