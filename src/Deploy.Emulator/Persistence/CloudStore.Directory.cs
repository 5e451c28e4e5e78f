using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Deploy.Emulator.Persistence;

/// <summary>Soft-deleted resources, the subscription's settings, and the directory's principals.</summary>
internal sealed partial class CloudStore
{
    public void Put(SoftDeleted deleted) => Execute(
        "INSERT OR REPLACE INTO deleted (key, type, name, location, body, deletedAt, purgeAt) VALUES ($key, $type, $name, $location, $body, $deleted, $purge)",
        ("$key", deleted.Key), ("$type", deleted.Type), ("$name", deleted.Name), ("$location", deleted.Location), ("$body", deleted.Body.ToJsonString(Compact)),
        ("$deleted", deleted.DeletedAt.UtcTicks), ("$purge", deleted.PurgeAt.UtcTicks));

    public SoftDeleted? Deleted(string id, DateTimeOffset now) => SoftDeletedRows(StoreSql.DeletedByKey, now, ("$key", id.ToLowerInvariant())).FirstOrDefault();

    public IReadOnlyList<SoftDeleted> DeletedNamed(string type, string name, DateTimeOffset now) => SoftDeletedRows(StoreSql.DeletedByName, now, ("$type", type), ("$name", name));

    public IReadOnlyList<SoftDeleted> DeletedBelow(string type, string scope, string? after, int limit, DateTimeOffset now) =>
        SoftDeletedRows(StoreSql.DeletedOfType, now, [("$type", type), .. Range(scope, after), ("$limit", limit)]);

    public void Purge(string key) => Execute("DELETE FROM deleted WHERE key = $key", ("$key", key.ToLowerInvariant()));

    public JsonNode? Setting(string name) => Scalar("SELECT value FROM settings WHERE name = $name", ("$name", name)) is string text ? JsonNode.Parse(text) : null;

    public void SetSetting(string name, JsonNode value) =>
        Execute("INSERT OR REPLACE INTO settings (name, value) VALUES ($name, $value)", ("$name", name), ("$value", value.ToJsonString(Compact)));

    /// <summary>Enters a principal that the cloud made, once.</summary>
    public void AddPrincipal(string objectId) => Execute(
        "INSERT OR IGNORE INTO principals (id, createdAt) VALUES ($id, $now)", ("$id", objectId.ToLowerInvariant()), ("$now", _clock.GetUtcNow().UtcTicks));

    /// <summary>When the directory got a principal that the cloud made; null when it made none with this object id.</summary>
    public DateTimeOffset? PrincipalSince(string objectId) => Scalar("SELECT createdAt FROM principals WHERE id = $id", ("$id", objectId.ToLowerInvariant())) is long ticks ? Time(ticks) : null;

    private List<SoftDeleted> SoftDeletedRows(string sql, DateTimeOffset now, params ReadOnlySpan<(string Name, object Value)> values)
    {
        Execute(StoreSql.PurgeDue, ("$now", now.UtcTicks));
        return Query(sql, ReadDeleted, values);
    }

    private static SoftDeleted ReadDeleted(SqliteDataReader row) => new()
    {
        Key = row.GetString(0),
        Type = row.GetString(1),
        Name = row.GetString(2),
        Location = row.GetString(3),
        Body = JsonNode.Parse(row.GetString(4))!.AsObject(),
        DeletedAt = Time(row.GetInt64(5)),
        PurgeAt = Time(row.GetInt64(6)),
    };
}
