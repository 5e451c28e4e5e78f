using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>How many resources of a type a subscription may have in a region.</summary>
internal static class RegionLimit
{
    /// <param name="write">Only a new resource is refused.</param>
    /// <param name="type">The type that is counted.</param>
    /// <param name="what">What the resources are called.</param>
    /// <param name="limit">How many are allowed.</param>
    public static ArmResponse? Check(WriteContext write, string type, string what, int limit)
    {
        if (write.Existing is not null)
        {
            return null;
        }

        var count = write.Cloud.Store.CountOfTypeIn(type, write.Location);
        return count < limit ? null : ArmErrors.Error(400, "OutOfQuota", $"The subscription has {count} {what} in {write.Location}; allowed are {limit}.");
    }
}
