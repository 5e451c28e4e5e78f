namespace Deploy.Catalog;

/// <summary>A VM size that can carry a deployment on managed compute.</summary>
/// <param name="Name">Such as <c>Standard_NC48ads_A100_v4</c>.</param>
/// <param name="Family">The quota family's ID, spelled as Azure prints it: <c>standardNCADSA100v4Family</c>.</param>
/// <param name="VCpus">The cores it takes from the quota.</param>
/// <param name="Gpus">Its GPUs; a fraction counts as one.</param>
/// <param name="MemoryGB">Its main memory in GiB.</param>
/// <param name="IsReserveExempt">Whether Azure demands no 20 % upgrade reserve for it.</param>
public sealed record VmSize(string Name, string Family, int VCpus, int Gpus, int MemoryGB, bool IsReserveExempt)
{
    /// <summary>The family in the one spelling that can be compared; see <see cref="VmFamily.Normalize"/>.</summary>
    public string FamilyKey => VmFamily.Normalize(Family);

    /// <summary>How usages print the family: <c>Standard NCADSA100v4 Family Cluster Dedicated vCPUs</c>. Azure's rows vary; compare by <see cref="FamilyKey"/>.</summary>
    public string UsageName
    {
        get
        {
            var bare = Family["standard".Length..].Trim();
            return $"Standard {bare[..bare.LastIndexOf("Family", StringComparison.OrdinalIgnoreCase)].Trim()} Family Cluster Dedicated vCPUs";
        }
    }

    /// <summary>The cores that <paramref name="instances"/> of this size take from the quota, without reserve.</summary>
    public int Cores(int instances) => instances * VCpus;
}
