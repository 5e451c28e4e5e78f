using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;
using Deploy.Verification.Tests.Reports;

namespace Deploy.Verification.Tests.Endpoints;

public sealed class EndpointVerifierTests(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    [Fact]
    public void Catalog_Names_AreUniqueAndMany()
    {
        Assert.True(VerdictCatalog.All.Count >= 225);
        Assert.Equal(VerdictCatalog.All.Count, VerdictCatalog.All.Select(behaviour => behaviour.Name).Distinct().Count());
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(VerdictCatalog.Names), MemberType = typeof(VerdictCatalog))]
    public async Task VerifyAsync_CatalogBehaviour_GetsTheVerdictItDeserves(string name)
    {
        var behaviour = VerdictCatalog.All.Single(behaviour => behaviour.Name == name);
        var report = await BehaviourRun.VerifyAsync(server, behaviour, TestContext.Current.CancellationToken);
        var endpoint = Assert.Single(report.Endpoints);
        var told = string.Join(Environment.NewLine, endpoint.Checks.Select(check => $"{check.Id} {check.Status} {check.Code} {check.Message}"));

        Assert.True(behaviour.Status == endpoint.Status, told);
        Assert.Equal(CheckId.All, endpoint.Checks.Select(check => check.Id));
        Assert.True(behaviour.Dialect is null || behaviour.Dialect == endpoint.Dialect, $"{endpoint.Dialect}");
        var decisive = endpoint.Checks.Where(check => check.Status == behaviour.Status && check.Status != CheckStatus.Pass).ToArray();
        Assert.True(behaviour.Check is null ? decisive.Length == 0 : decisive.Any(check => check.Id.Value == behaviour.Check && check.Code == behaviour.Cause!.Code), told);
        Assert.True(behaviour.Says is null || decisive.Any(check => $"{check.Message} {check.Suggestion}".Contains(behaviour.Says, StringComparison.Ordinal)), told);
        Assert.True(decisive.All(check => check.Id.Value == behaviour.Check || behaviour.Also.Contains(check.Id.Value)), told);
        Assert.All(endpoint.Checks, check => Assert.Equal(check.Status is CheckStatus.Pass or CheckStatus.Skip, check.Suggestion is null));
        var json = VerificationJson.ToDocument(report).ToJsonString();
        ReportSchema.AssertValid(json);
        Assert.DoesNotContain(behaviour.Key.Trim(), json, StringComparison.Ordinal);
        Assert.DoesNotContain(behaviour.SafetyProbe ?? behaviour.Key, json, StringComparison.Ordinal);
    }
}
