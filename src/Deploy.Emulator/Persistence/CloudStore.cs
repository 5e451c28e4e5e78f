using System.Text.Encodings.Web;
using System.Text.Json;
using Deploy.Core;
using Microsoft.Data.Sqlite;

namespace Deploy.Emulator.Persistence;

/// <summary>The cloud on disk: resources, their secrets, operations and soft-deleted names, in one SQLite file. Calls are serialized; a killed process loses no answered request.</summary>
internal sealed partial class CloudStore : IDisposable
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private SqliteTransaction? _transaction;

    public CloudStore(string path, TimeProvider clock)
    {
        _clock = clock;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            StoreSchema.Apply(_connection);
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

    public void Clear() => Execute("DELETE FROM resources; DELETE FROM secrets; DELETE FROM operations; DELETE FROM deleted; DELETE FROM settings; DELETE FROM principals;");

    public void Dispose() => _connection.Dispose();

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

    private int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            return command.ExecuteNonQuery();
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

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
