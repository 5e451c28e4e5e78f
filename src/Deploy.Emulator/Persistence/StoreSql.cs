namespace Deploy.Emulator.Persistence;

/// <summary>Every statement whose cost could grow with the cloud, in one place, so that a test can ask SQLite how it runs each.</summary>
internal static class StoreSql
{
    private const string Resource = "SELECT id, type, name, location, apiVersion, body, version, createdAt, changedAt FROM resources";
    private const string Operation = "SELECT id, kind, resourceKey, startedAt, endsAt, status, purges, error FROM operations";
    private const string SoftDeletedRow = "SELECT key, type, name, location, body, deletedAt, purgeAt FROM deleted";

    public const string ResourceByKey = $"{Resource} WHERE key = $key";
    public const string ResourcesBelow = $"{Resource} WHERE key > $from AND key < $to ORDER BY key LIMIT $limit";
    public const string TrackedBelow = $"{Resource} WHERE location <> '' AND key > $from AND key < $to ORDER BY key LIMIT $limit";
    public const string ResourcesOfTypeBelow = $"{Resource} WHERE type = $type AND key > $from AND key < $to ORDER BY key LIMIT $limit";
    public const string ResourcesByName = $"{Resource} WHERE type = $type AND name = $name";
    public const string ResourcesByOwner = $"{Resource} WHERE type = $type AND owner = $owner ORDER BY key";
    public const string ResourcesOfTypeIn = $"{Resource} WHERE type = $type AND location = $location";
    public const string ResourceByPlace = $"{Resource} WHERE type = $type AND location = $location AND name = $name LIMIT 1";
    public const string CountOfTypeIn = "SELECT count(*) FROM resources WHERE type = $type AND location = $location";
    public const string RemoveBelow = "DELETE FROM resources WHERE key > $from AND key < $to";
    public const string RemoveSecretsBelow = "DELETE FROM secrets WHERE key > $from AND key < $to";
    public const string RemoveSettingsOf = "DELETE FROM settings WHERE name = $name OR (name > $from AND name < $to)";
    public const string OperationById = $"{Operation} WHERE id = $id";
    public const string OperationsDue = $"{Operation} WHERE status = 'InProgress' AND endsAt <= $now ORDER BY endsAt";
    public const string OperationRunning = $"{Operation} WHERE resourceKey = $key AND status = 'InProgress' AND kind <> 'Expire' LIMIT 1";
    public const string ForgetOperations = "DELETE FROM operations WHERE status <> 'InProgress' AND endsAt < $before";
    public const string DeletedByKey = $"{SoftDeletedRow} WHERE key = $key";
    public const string DeletedByName = $"{SoftDeletedRow} WHERE type = $type AND name = $name COLLATE NOCASE";
    public const string DeletedOfType = $"{SoftDeletedRow} WHERE type = $type AND key > $from AND key < $to ORDER BY key LIMIT $limit";
    public const string PurgeDue = "DELETE FROM deleted WHERE purgeAt <= $now";

    public static IReadOnlyList<string> All { get; } =
    [
        ResourceByKey, ResourcesBelow, TrackedBelow, ResourcesOfTypeBelow, ResourcesByName, ResourcesByOwner, ResourcesOfTypeIn, ResourceByPlace, CountOfTypeIn, RemoveBelow, RemoveSecretsBelow, RemoveSettingsOf,
        OperationById, OperationsDue, OperationRunning, ForgetOperations, DeletedByKey, DeletedByName, DeletedOfType, PurgeDue,
    ];
}
