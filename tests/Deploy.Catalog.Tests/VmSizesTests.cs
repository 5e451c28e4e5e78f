using Deploy.Catalog;
using Xunit;

namespace Deploy.Catalog.Tests;

public sealed class VmSizesTests
{
    private static readonly AzureCatalog Catalog = AzureCatalog.Default;

    [Theory]
    [InlineData("standardNCADSA100v4Family", "ncadsa100v4")]
    [InlineData("Standard NCADSA100v4 Family Cluster Dedicated vCPUs", "ncadsa100v4")]
    [InlineData("Standard_NCADS_A100_v4_Family_Cluster_Dedicated_vCPUs", "ncadsa100v4")]
    [InlineData("standard NDASv4_A100 Family", "ndasv4a100")]
    [InlineData("standard NCASv3_T4 Family", "ncasv3t4")]
    [InlineData("Standard DSv2 Family Cluster Dedicated vCPUs", "dsv2")]
    public void Normalize_EverySpelling_GivesOne(string spelling, string key) => Assert.Equal(key, VmFamily.Normalize(spelling));

    [Fact]
    public void Normalize_LowPriority_MatchesNoFamily() =>
        Assert.DoesNotContain(Catalog.VmSizes.All, size => size.FamilyKey == VmFamily.Normalize("Standard DSv2 Family Cluster LowPriority vCPUs"));

    [Fact]
    public void UsageName_EverySize_NormalizesToItsFamily() => Assert.All(Catalog.VmSizes.All, size => Assert.Equal(size.FamilyKey, VmFamily.Normalize(size.UsageName)));

    [Theory]
    [InlineData("Standard_NC48ads_A100_v4", 1, 48)]
    [InlineData("Standard_ND40rs_v2", 2, 80)]
    [InlineData("Standard_NC24s_v3", 5, 144)]
    [InlineData("Standard_F4s_v2", 1, 8)]
    [InlineData("Standard_NC6s_v3", 1, 12)]
    [InlineData("Standard_NC4as_T4_v3", 10, 48)]
    public void CoresNeeded_WithReserveRule_IsCeilingTimesCores(string size, int instances, int cores) =>
        Assert.Equal(cores, Catalog.Limits.Managed.CoresNeeded(Catalog.VmSizes.Find(size)!, instances));

    [Fact]
    public void Find_OtherCasing_GivesSize() => Assert.Equal(48, Catalog.VmSizes.Find("standard_nc48ads_a100_V4")!.VCpus);

    [Fact]
    public void Suggest_Misspelled_GivesMeant() => Assert.Equal("Standard_NC48ads_A100_v4", Catalog.VmSizes.Suggest("Standard_NC48ads_A100v4")[0]);

    [Fact]
    public void Limits_Embedded_AreThoseOfAzure()
    {
        Assert.Equal((200_000, 1_000, 1), (Catalog.Limits.Serverless.TokensPerMinute, Catalog.Limits.Serverless.RequestsPerMinute, Catalog.Limits.Serverless.DeploymentsPerModelAndProject));
        Assert.Equal((3, 32), (Catalog.Limits.EndpointNameLength.Minimum, Catalog.Limits.EndpointNameLength.Maximum));
    }
}
