using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Identity;
using Microsoft.Data.Sqlite;

namespace Deploy.Emulator.Hosting.ManagementApi;

/// <summary>
/// The whole database as one JSON document, and back. Works on whatever tables there are, over a connection of its own; the caller sees to it that nobody writes meanwhile.
/// A snapshot holds the keys of endpoints. Taken into another store, the ids follow that store's subscription and tenant.
/// </summary>
internal sealed class SnapshotTables(string database)
{
    private const int Version = 1;
    private const string Resources = "resources";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonObject Read(StoreIdentity identity, DateTimeOffset now)
    {
        using var connection = Open();
        var tables = Tables(connection).ToDictionary(table => table, table => Rows(connection, table));
        var snapshot = new JsonObject
        {
            ["schemaVersion"] = Version,
            ["takenAt"] = Cloud.Iso(now),
            ["subscriptionId"] = identity.SubscriptionId,
            ["tenantId"] = identity.TenantId,
            ["clientId"] = identity.ClientId,
            ["objectId"] = identity.ObjectId,
            [Resources] = tables[Resources],
        };
        snapshot["tables"] = new JsonObject(tables.Where(pair => pair.Key != Resources).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return snapshot;
    }

    /// <exception cref="DeployException">DEP6008; the store is as before.</exception>
    public void Replace(JsonObject snapshot, StoreIdentity identity)
    {
        if (snapshot["schemaVersion"] is not JsonValue version || !version.TryGetValue<int>(out var number) || number != Version || snapshot[Resources] is not JsonArray resources || snapshot["tables"] is not JsonObject others)
        {
            throw Invalid($"It needs schemaVersion {Version}, resources and tables, as `emulator snapshot` writes them");
        }

        var (mine, tables) = Mine(snapshot, resources, others, identity);
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            foreach (var table in Tables(connection))
            {
                using (var delete = connection.CreateCommand())
                {
                    delete.CommandText = $"DELETE FROM {Quoted(table)}";
                    delete.ExecuteNonQuery();
                }

                foreach (var row in table == Resources ? mine : tables[table] as JsonArray ?? [])
                {
                    Insert(connection, table, row as JsonObject ?? throw Invalid($"A row of {table} is no object"));
                }
            }
        }
        catch (SqliteException e)
        {
            throw new DeployException(EmulatorErrors.SnapshotInvalid.With("A row of it does not fit the store.", detail: e.Message), e);
        }

        transaction.Commit();
    }

    private static (JsonArray Resources, JsonObject Tables) Mine(JsonObject snapshot, JsonArray resources, JsonObject others, StoreIdentity identity)
    {
        var text = new JsonObject { [Resources] = resources.DeepClone(), ["tables"] = others.DeepClone() }.ToJsonString(Compact);
        foreach (var (name, own) in ((string, string)[])[("subscriptionId", identity.SubscriptionId), ("tenantId", identity.TenantId), ("clientId", identity.ClientId), ("objectId", identity.ObjectId)])
        {
            if (snapshot[name] is JsonValue value && value.TryGetValue<string>(out var theirs) && Guid.TryParse(theirs, out _))
            {
                text = text.Replace(theirs, own, StringComparison.OrdinalIgnoreCase);
            }
        }

        var mine = JsonNode.Parse(text)!.AsObject();
        return (mine[Resources]!.AsArray(), mine["tables"]!.AsObject());
    }

    private static void Insert(SqliteConnection connection, string table, JsonObject row)
    {
        using var insert = connection.CreateCommand();
        var columns = row.Select(pair => pair.Key).ToList();
        if (columns.Count == 0)
        {
            throw Invalid($"A row of {table} is empty");
        }

        insert.CommandText = $"INSERT INTO {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) VALUES ({string.Join(", ", columns.Select((_, index) => $"${index}"))})";
        for (var index = 0; index < columns.Count; index++)
        {
            insert.Parameters.AddWithValue($"${index}", Value(row[columns[index]]));
        }

        insert.ExecuteNonQuery();
    }

    private static object Value(JsonNode? node) => node switch
    {
        null => DBNull.Value,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<long>(out var whole) => whole,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        _ => node.ToJsonString(Compact),
    };

    private static JsonArray Rows(SqliteConnection connection, string table)
    {
        using var select = connection.CreateCommand();
        select.CommandText = $"SELECT * FROM {Quoted(table)}";
        using var reader = select.ExecuteReader();
        var rows = new JsonArray();
        while (reader.Read())
        {
            rows.Add((JsonNode)new JsonObject(Enumerable.Range(0, reader.FieldCount).Select(column => KeyValuePair.Create(reader.GetName(column), Node(reader, column)))));
        }

        return rows;
    }

    // Bodies are shown as the objects that they are; everything else as it lies in its column.
    private static JsonNode? Node(SqliteDataReader reader, int column) => reader.GetValue(column) switch
    {
        DBNull => null,
        string text when reader.GetName(column) == "body" => JsonNode.Parse(text),
        string text => JsonValue.Create(text),
        long whole => JsonValue.Create(whole),
        double number => JsonValue.Create(number),
        var other => throw new InvalidOperationException($"The column {reader.GetName(column)} holds a {other.GetType().Name}, which a snapshot cannot."),
    };

    private static List<string> Tables(SqliteConnection connection)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        using var reader = select.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static DeployException Invalid(string what) => new(EmulatorErrors.SnapshotInvalid.With(string.Create(CultureInfo.InvariantCulture, $"{what}.")));
}
