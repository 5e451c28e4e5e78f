using System.Text.Json.Nodes;

namespace Deploy.Emulator.Persistence;

/// <summary>Asynchronous operations.</summary>
internal sealed partial class CloudStore
{
    public void Put(StoredOperation operation) => Execute(
        "INSERT OR REPLACE INTO operations (id, kind, resourceKey, startedAt, endsAt, status, purges, error) VALUES ($id, $kind, $key, $start, $end, $status, $purges, $error)",
        ("$id", operation.Id), ("$kind", operation.Kind.ToString()), ("$key", operation.ResourceKey), ("$start", operation.StartedAt.UtcTicks), ("$end", operation.EndsAt.UtcTicks),
        ("$status", operation.Status), ("$purges", operation.Purges ? 1 : 0), ("$error", operation.Error is null ? DBNull.Value : operation.Error.ToJsonString(Compact)));

    /// <summary>Forgets operations that ended before a moment: nobody polls them any more.</summary>
    public void ForgetOperations(DateTimeOffset endedBefore) => Execute(StoreSql.ForgetOperations, ("$before", endedBefore.UtcTicks));

    public StoredOperation? Operation(string id) => Operations(StoreSql.OperationById, ("$id", id)).FirstOrDefault();

    public IReadOnlyList<StoredOperation> DueOperations(DateTimeOffset now) => Operations(StoreSql.OperationsDue, ("$now", now.UtcTicks));

    public StoredOperation? RunningOperation(string id) => Operations(StoreSql.OperationRunning, ("$key", id.ToLowerInvariant())).FirstOrDefault();

    private List<StoredOperation> Operations(string sql, params ReadOnlySpan<(string Name, object Value)> values) => Query(
        sql,
        row => new StoredOperation
        {
            Id = row.GetString(0),
            Kind = Enum.Parse<OperationKind>(row.GetString(1)),
            ResourceKey = row.GetString(2),
            StartedAt = Time(row.GetInt64(3)),
            EndsAt = Time(row.GetInt64(4)),
            Status = row.GetString(5),
            Purges = row.GetInt64(6) != 0,
            Error = row.IsDBNull(7) ? null : JsonNode.Parse(row.GetString(7))!.AsObject(),
        },
        values);
}
