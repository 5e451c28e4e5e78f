using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Deploy.Emulator.Persistence;

/// <summary>Resources and their secrets.</summary>
internal sealed partial class CloudStore
{
    private const int Unlimited = -1;

    // Values by which resources are looked up; the same as in the schema's update of older stores.
    private static readonly string[] OwnerProperties = ["hubResourceId", "principalId", "customSubDomainName", "roleName"];

    public StoredResource? Get(string id) => Resources(StoreSql.ResourceByKey, ("$key", id.ToLowerInvariant())).FirstOrDefault();

    public void Put(StoredResource resource)
    {
        var now = _clock.GetUtcNow().UtcTicks;
        Execute(
            """
            INSERT INTO resources (key, id, type, name, location, apiVersion, body, version, owner, createdAt, changedAt)
                VALUES ($key, $id, $type, $name, $location, $api, $body, $version, $owner, $now, $now)
                ON CONFLICT (key) DO UPDATE SET id = $id, type = $type, name = $name, location = $location, apiVersion = $api, body = $body, version = $version, owner = $owner, changedAt = $now
            """,
            ("$key", resource.Key), ("$id", resource.Id), ("$type", resource.Type), ("$name", resource.Name), ("$location", resource.Location), ("$api", resource.ApiVersion),
            ("$body", resource.Body.ToJsonString(Compact)), ("$version", resource.Version), ("$owner", OwnerOf(resource)), ("$now", now));
    }

    /// <summary>Everything below a resource or scope, in the order of their ids.</summary>
    public IReadOnlyList<StoredResource> Below(string id) => Resources(StoreSql.ResourcesBelow, [.. Range(id, null), ("$limit", Unlimited)]);

    /// <summary>Resources with a location below a scope, in the order of their ids: those after a key, at most so many.</summary>
    public IReadOnlyList<StoredResource> TrackedBelow(string id, string? after, int limit) => Resources(StoreSql.TrackedBelow, [.. Range(id, after), ("$limit", limit)]);

    public IReadOnlyList<StoredResource> OfType(string type) => OfTypeBelow(type, "", null, Unlimited);

    public IReadOnlyList<StoredResource> OfTypeBelow(string type, string id) => OfTypeBelow(type, id, null, Unlimited);

    public IReadOnlyList<StoredResource> OfTypeBelow(string type, string id, string? after, int limit) =>
        Resources(StoreSql.ResourcesOfTypeBelow, [("$type", type), .. Range(id, after), ("$limit", limit)]);

    /// <summary>All of a type with a name, wherever they lie.</summary>
    public IReadOnlyList<StoredResource> Named(string type, string name) => Resources(StoreSql.ResourcesByName, ("$type", type), ("$name", name));

    /// <summary>What belongs to a hub (by its id), to a principal (by its object id), or has a subdomain or role name.</summary>
    public IReadOnlyList<StoredResource> OwnedBy(string type, string owner) => Resources(StoreSql.ResourcesByOwner, ("$type", type), ("$owner", owner.ToLowerInvariant()));

    public IReadOnlyList<StoredResource> OfTypeIn(string type, string location) => Resources(StoreSql.ResourcesOfTypeIn, ("$type", type), ("$location", location));

    public int CountOfTypeIn(string type, string location) => Number(Scalar(StoreSql.CountOfTypeIn, ("$type", type), ("$location", location)));

    public StoredResource? Find(string type, string location, string name) =>
        Resources(StoreSql.ResourceByPlace, ("$type", type), ("$location", location), ("$name", name)).FirstOrDefault();

    public int Count() => Number(Scalar("SELECT count(*) FROM resources"));

    /// <summary>Removes a resource with everything below it, and their secrets.</summary>
    public void Remove(string id)
    {
        var key = id.ToLowerInvariant();
        Execute("DELETE FROM resources WHERE key = $key", ("$key", key));
        Execute("DELETE FROM secrets WHERE key = $key", ("$key", key));
        Execute(StoreSql.RemoveBelow, [.. Range(id, null)]);
        Execute(StoreSql.RemoveSecretsBelow, [.. Range(id, null)]);
        Execute(StoreSql.RemoveSettingsOf, ("$name", SettingOf(id, "")), ("$from", SettingOf(id, "/")), ("$to", SettingOf(id, "0")));
    }

    /// <summary>The name of a setting that goes with its resource.</summary>
    public static string SettingOf(string id, string more = "") => "of:" + id.ToLowerInvariant() + more;

    public string? Secret(string id, string name) => Scalar("SELECT value FROM secrets WHERE key = $key AND name = $name", ("$key", id.ToLowerInvariant()), ("$name", name)) as string;

    public void SetSecret(string id, string name, string value) => Execute(
        "INSERT OR REPLACE INTO secrets (key, name, value) VALUES ($key, $name, $value)", ("$key", id.ToLowerInvariant()), ("$name", name), ("$value", value));

    // "0" is the character after "/": between the two lies what is below, and nothing that only begins alike.
    private static (string Name, object Value)[] Range(string id, string? after) => [("$from", after ?? id.ToLowerInvariant() + "/"), ("$to", id.ToLowerInvariant() + "0")];

    private static string OwnerOf(StoredResource resource) =>
        (OwnerProperties.Select(name => resource.Properties[name]).FirstOrDefault(value => value is not null) as JsonValue)?.ToString().ToLowerInvariant() ?? "";

    private static int Number(object? value) => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);

    private List<StoredResource> Resources(string sql, params ReadOnlySpan<(string Name, object Value)> values) => Query(sql, ReadResource, values);

    private static StoredResource ReadResource(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Type = row.GetString(1),
        Name = row.GetString(2),
        Location = row.GetString(3),
        ApiVersion = row.GetString(4),
        Body = JsonNode.Parse(row.GetString(5))!.AsObject(),
        Version = row.GetInt64(6),
        CreatedAt = Time(row.GetInt64(7)),
        ChangedAt = Time(row.GetInt64(8)),
    };
}
