using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Microsoft.Data.Sqlite;

namespace Deploy.Emulator.Persistence;

/// <summary>The cloud on disk: resources, their secrets, operations and soft-deleted names, in one SQLite file. Calls are serialized; a killed process loses no answered request.</summary>
internal sealed class CloudStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS resources (key TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE,
            location TEXT NOT NULL, apiVersion TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS resources_by_type ON resources (type, location, name);
        CREATE TABLE IF NOT EXISTS secrets (key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS operations (id TEXT PRIMARY KEY, kind TEXT NOT NULL, resourceKey TEXT NOT NULL, startedAt INTEGER NOT NULL, endsAt INTEGER NOT NULL,
            status TEXT NOT NULL, purges INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS operations_running ON operations (status, endsAt);
        CREATE TABLE IF NOT EXISTS deleted (key TEXT PRIMARY KEY, type TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL, location TEXT NOT NULL, body TEXT NOT NULL,
            deletedAt INTEGER NOT NULL, purgeAt INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();
    private SqliteTransaction? _transaction;

    public CloudStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Execute(Schema);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new DeployException(EmulatorErrors.StoreUnusable.With($"'{path}' is not a database of the local Azure, or it is damaged.", detail: e.Message), e);
        }
    }

    /// <summary>Runs a piece of work that nothing else interleaves with; its writes happen together or not at all.</summary>
    public T Exclusively<T>(Func<T> work)
    {
        lock (_gate)
        {
            if (_transaction is not null)
            {
                return work();
            }

            using var transaction = _connection.BeginTransaction(deferred: true);
            _transaction = transaction;
            try
            {
                var result = work();
                transaction.Commit();
                return result;
            }
            finally
            {
                _transaction = null;
            }
        }
    }

    public StoredResource? Get(string id) => Resources("WHERE key = $key", ("$key", id.ToLowerInvariant())).FirstOrDefault();

    public void Put(StoredResource resource) => Execute(
        "INSERT OR REPLACE INTO resources (key, id, type, name, location, apiVersion, body, version) VALUES ($key, $id, $type, $name, $location, $api, $body, $version)",
        ("$key", resource.Key), ("$id", resource.Id), ("$type", resource.Type), ("$name", resource.Name), ("$location", resource.Location), ("$api", resource.ApiVersion),
        ("$body", resource.Body.ToJsonString(Compact)), ("$version", resource.Version));

    /// <summary>Everything below a resource or scope, in the order of their ids.</summary>
    public IReadOnlyList<StoredResource> Below(string id) =>
        Resources("WHERE key > $from AND key < $to ORDER BY key", ("$from", id.ToLowerInvariant() + "/"), ("$to", id.ToLowerInvariant() + "0"));

    public IReadOnlyList<StoredResource> OfType(string type) => Resources("WHERE type = $type ORDER BY key", ("$type", type));

    public IReadOnlyList<StoredResource> OfTypeBelow(string type, string id) =>
        Resources("WHERE type = $type AND key > $from AND key < $to ORDER BY key", ("$type", type), ("$from", id.ToLowerInvariant() + "/"), ("$to", id.ToLowerInvariant() + "0"));

    public StoredResource? Find(string type, string location, string name) =>
        Resources("WHERE type = $type AND location = $location AND name = $name LIMIT 1", ("$type", type), ("$location", location), ("$name", name)).FirstOrDefault();

    public int Count() => Convert.ToInt32(Scalar("SELECT count(*) FROM resources"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Removes a resource with everything below it, their secrets and their operations in progress.</summary>
    public void Remove(string id)
    {
        var key = id.ToLowerInvariant();
        Execute("DELETE FROM resources WHERE key = $key OR (key > $from AND key < $to)", ("$key", key), ("$from", key + "/"), ("$to", key + "0"));
        Execute("DELETE FROM secrets WHERE key = $key OR (key > $from AND key < $to)", ("$key", key), ("$from", key + "/"), ("$to", key + "0"));
    }

    public string? Secret(string id, string name) => Scalar("SELECT value FROM secrets WHERE key = $key AND name = $name", ("$key", id.ToLowerInvariant()), ("$name", name)) as string;

    public void SetSecret(string id, string name, string value) => Execute(
        "INSERT OR REPLACE INTO secrets (key, name, value) VALUES ($key, $name, $value)", ("$key", id.ToLowerInvariant()), ("$name", name), ("$value", value));

    public void Put(StoredOperation operation) => Execute(
        "INSERT OR REPLACE INTO operations (id, kind, resourceKey, startedAt, endsAt, status, purges) VALUES ($id, $kind, $key, $start, $end, $status, $purges)",
        ("$id", operation.Id), ("$kind", operation.Kind.ToString()), ("$key", operation.ResourceKey), ("$start", operation.StartedAt.UtcTicks), ("$end", operation.EndsAt.UtcTicks),
        ("$status", operation.Status), ("$purges", operation.Purges ? 1 : 0));

    /// <summary>Forgets operations that ended before a moment: nobody polls them any more.</summary>
    public void ForgetOperations(DateTimeOffset endedBefore) => Execute("DELETE FROM operations WHERE status <> 'InProgress' AND endsAt < $before", ("$before", endedBefore.UtcTicks));

    public StoredOperation? Operation(string id) => Operations("WHERE id = $id", ("$id", id)).FirstOrDefault();

    public IReadOnlyList<StoredOperation> DueOperations(DateTimeOffset now) =>
        Operations("WHERE status = 'InProgress' AND endsAt <= $now ORDER BY endsAt", ("$now", now.UtcTicks));

    public StoredOperation? RunningOperation(string id) => Operations("WHERE status = 'InProgress' AND resourceKey = $key LIMIT 1", ("$key", id.ToLowerInvariant())).FirstOrDefault();

    public void Put(SoftDeleted deleted) => Execute(
        "INSERT OR REPLACE INTO deleted (key, type, name, location, body, deletedAt, purgeAt) VALUES ($key, $type, $name, $location, $body, $deleted, $purge)",
        ("$key", deleted.Key), ("$type", deleted.Type), ("$name", deleted.Name), ("$location", deleted.Location), ("$body", deleted.Body.ToJsonString(Compact)),
        ("$deleted", deleted.DeletedAt.UtcTicks), ("$purge", deleted.PurgeAt.UtcTicks));

    public IReadOnlyList<SoftDeleted> DeletedOf(string type, DateTimeOffset now)
    {
        Execute("DELETE FROM deleted WHERE purgeAt <= $now", ("$now", now.UtcTicks));
        return Query("SELECT key, type, name, location, body, deletedAt, purgeAt FROM deleted WHERE type = $type ORDER BY key", row => new SoftDeleted
        {
            Key = row.GetString(0),
            Type = row.GetString(1),
            Name = row.GetString(2),
            Location = row.GetString(3),
            Body = JsonNode.Parse(row.GetString(4))!.AsObject(),
            DeletedAt = new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
            PurgeAt = new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero),
        }, ("$type", type));
    }

    public void Purge(string key) => Execute("DELETE FROM deleted WHERE key = $key", ("$key", key.ToLowerInvariant()));

    public void Clear() => Execute("DELETE FROM resources; DELETE FROM secrets; DELETE FROM operations; DELETE FROM deleted;");

    public void Dispose() => _connection.Dispose();

    private List<StoredResource> Resources(string where, params ReadOnlySpan<(string Name, object Value)> values) => Query(
        $"SELECT id, type, name, location, apiVersion, body, version FROM resources {where}",
        row => new StoredResource
        {
            Id = row.GetString(0),
            Type = row.GetString(1),
            Name = row.GetString(2),
            Location = row.GetString(3),
            ApiVersion = row.GetString(4),
            Body = JsonNode.Parse(row.GetString(5))!.AsObject(),
            Version = row.GetInt64(6),
        },
        values);

    private List<StoredOperation> Operations(string where, params ReadOnlySpan<(string Name, object Value)> values) => Query(
        $"SELECT id, kind, resourceKey, startedAt, endsAt, status, purges FROM operations {where}",
        row => new StoredOperation
        {
            Id = row.GetString(0),
            Kind = Enum.Parse<OperationKind>(row.GetString(1)),
            ResourceKey = row.GetString(2),
            StartedAt = new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
            EndsAt = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
            Status = row.GetString(5),
            Purges = row.GetInt64(6) != 0,
        },
        values);

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            return command.ExecuteScalar();
        }
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            command.ExecuteNonQuery();
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
