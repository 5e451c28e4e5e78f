using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Microsoft.Data.Sqlite;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class StoreCostTests
{
    public static TheoryData<string> Statements() => [.. StoreSql.All];

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_RunByAnIndex_NeitherScansNorSorts(string statement)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        StoreSchema.Apply(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + statement;
        foreach (var name in new[] { "$key", "$from", "$to", "$limit", "$type", "$name", "$owner", "$location", "$id", "$now", "$before" })
        {
            command.Parameters.AddWithValue(name, "x");
        }

        var plan = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            plan.Add(reader.GetString(3));
        }

        Assert.NotEmpty(plan);
        Assert.All(plan, step => Assert.True(step.StartsWith("SEARCH", StringComparison.Ordinal) || step is "MULTI-INDEX OR" || step.StartsWith("INDEX", StringComparison.Ordinal), step));
    }

    // Counted in instructions of SQLite's virtual machine, not by the clock.
    [Theory]
    [InlineData(StoreSql.ResourceByKey)]
    [InlineData(StoreSql.ResourcesByName)]
    [InlineData(StoreSql.ResourceByPlace)]
    [InlineData(StoreSql.ResourcesOfTypeBelow)]
    [InlineData(StoreSql.TrackedBelow)]
    [InlineData(StoreSql.OperationRunning)]
    [InlineData(StoreSql.DeletedByName)]
    public void Read_OfTenThousandResources_CostsWhatOneOfTenCosts(string statement)
    {
        var few = Instructions(statement, 10);
        Assert.InRange(few, 10, 1000);
        Assert.Equal(few, Instructions(statement, 10_000));
    }

    [Fact]
    public void Store_OfTheFirstVersion_IsBroughtForward()
    {
        using var folder = new TempFile();
        using (var old = new SqliteConnection($"Data Source={folder.Path};Pooling=False"))
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText = """
                CREATE TABLE resources (key TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE,
                    location TEXT NOT NULL, apiVersion TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
                INSERT INTO resources VALUES ('/a/p', '/a/p', 'T/workspaces', 'p', 'eastus2', '2024', '{"properties":{"hubResourceId":"/A/Hub"}}', 1);
                """;
            command.ExecuteNonQuery();
        }

        using var store = new CloudStore(folder.Path, TimeProvider.System);
        Assert.Equal("p", Assert.Single(store.OwnedBy("T/workspaces", "/a/hub")).Name);
        store.SetSetting("x", new JsonObject());
        Assert.NotNull(store.Setting("x"));
    }

    private static int Instructions(string statement, int resources)
    {
        using var folder = new TempFile();
        using (var store = new CloudStore(folder.Path, TimeProvider.System))
        {
            store.Exclusively(() =>
            {
                for (var index = 0; index < resources; index++)
                {
                    var id = $"/subscriptions/s/resourceGroups/g{index % 10}/providers/T/things/name{index}";
                    store.Put(new StoredResource { Id = id, Type = "T/things", Name = $"name{index}", Location = "eastus2", ApiVersion = "2024", Body = [] });
                }

                return 0;
            });
        }

        using var connection = new SqliteConnection($"Data Source={folder.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        const string key = "/subscriptions/s/resourcegroups/g3/providers/t/things/name3";
        foreach (var (name, value) in new (string, object)[] { ("$key", key), ("$from", "/subscriptions/s/"), ("$to", "/subscriptions/s0"), ("$limit", 5), ("$type", "T/things"), ("$name", "name3"), ("$location", "eastus2") })
        {
            command.Parameters.AddWithValue(name, value);
        }

        var count = 0;
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, 1, _ => ++count * 0, null);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
        }

        return count;
    }

    private sealed class TempFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"local-azure-{Guid.NewGuid():N}.db");

        public void Dispose()
        {
            foreach (var file in new[] { Path, Path + "-wal", Path + "-shm" })
            {
                File.Delete(file);
            }
        }
    }
}
