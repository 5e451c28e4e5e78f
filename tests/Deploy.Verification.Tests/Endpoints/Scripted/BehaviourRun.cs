using Azure.Core;
using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>Verifies a behaviour as <c>deploy verify</c> would.</summary>
public static class BehaviourRun
{
    public static async Task<VerificationReport> VerifyAsync(ScriptedServer server, Behaviour behaviour, CancellationToken cancellationToken)
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

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
