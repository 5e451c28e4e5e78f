using Azure.Core;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;
using Deploy.Verification.Tests.Endpoints.Scripted;
using Deploy.Verification.Tests.Reports;

namespace Deploy.Verification.Tests.Endpoints;

public sealed class EndpointVerifierTests(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    [Fact]
    public void Catalog_Names_AreUniqueAndMany()
    {
        Assert.True(VerdictCatalog.All.Count >= 140);
        Assert.Equal(VerdictCatalog.All.Count, VerdictCatalog.All.Select(behaviour => behaviour.Name).Distinct().Count());
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(VerdictCatalog.Names), MemberType = typeof(VerdictCatalog))]
    public async Task VerifyAsync_CatalogBehaviour_GetsTheVerdictItDeserves(string name)
    {
        var behaviour = VerdictCatalog.All.Single(behaviour => behaviour.Name == name);
        var report = await VerifyAsync(behaviour, TestContext.Current.CancellationToken);
        var endpoint = Assert.Single(report.Endpoints);
        var told = string.Join(Environment.NewLine, endpoint.Checks.Select(check => $"{check.Id} {check.Status} {check.Code} {check.Message}"));

        Assert.True(behaviour.Status == endpoint.Status, told);
        Assert.Equal(CheckId.All, endpoint.Checks.Select(check => check.Id));
        Assert.True(behaviour.Dialect is null || behaviour.Dialect == endpoint.Dialect, $"{endpoint.Dialect}");
        var decisive = endpoint.Checks.Where(check => check.Status == behaviour.Status && check.Status != CheckStatus.Pass).ToArray();
        Assert.True(behaviour.Check is null ? decisive.Length == 0 : decisive.Any(check => check.Id.Value == behaviour.Check && check.Code == behaviour.Cause!.Code), told);
        Assert.True(decisive.All(check => check.Id.Value == behaviour.Check || behaviour.Also.Contains(check.Id.Value)), told);
        Assert.All(endpoint.Checks, check => Assert.Equal(check.Status is CheckStatus.Pass or CheckStatus.Skip, check.Suggestion is null));
        var json = VerificationJson.ToDocument(report).ToJsonString();
        ReportSchema.AssertValid(json);
        Assert.DoesNotContain(behaviour.Key.Trim(), json, StringComparison.Ordinal);
        Assert.DoesNotContain(behaviour.SafetyProbe ?? behaviour.Key, json, StringComparison.Ordinal);
    }

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private async Task<VerificationReport> VerifyAsync(Behaviour behaviour, CancellationToken cancellationToken)
    {
        var uri = server.Add(behaviour.Script);
        using var transport = EndpointTransport.Create(trusted: null);
        return await new EndpointVerifier(transport, TimeProvider.System).VerifyAsync(
            [
                new EndpointTarget
                {
                    Name = behaviour.Name,
                    Uri = behaviour.GivenUri?.Invoke(uri) ?? uri,
                    Model = behaviour.Model is { } model ? new ModelName(model) : null,
                    Compute = behaviour.Compute,
                    Auth = behaviour.Auth,
                    ContentSafety = behaviour.ContentSafety,
                    Deployments = behaviour.Deployments,
                    Credential = behaviour.Auth == AuthMode.Entra ? EndpointCredential.FromToken(new FixedToken(behaviour.Key), behaviour.Scope) : EndpointCredential.FromKey(behaviour.Key),
                },
            ],
            new VerificationOptions { Timeout = behaviour.Timeout, Wait = behaviour.Wait, SafetyProbe = behaviour.SafetyProbe },
            progress: null,
            cancellationToken);
    }
}
