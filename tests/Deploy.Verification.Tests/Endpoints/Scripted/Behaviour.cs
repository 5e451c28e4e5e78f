using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>A named way for an endpoint to behave, and the verdict it deserves.</summary>
public sealed record Behaviour
{
    public required string Name { get; init; }

    public required EndpointScript Script { get; init; }

    public required CheckStatus Status { get; init; }

    /// <summary>The check that decides; null for an endpoint that passes.</summary>
    public string? Check { get; init; }

    public ErrorDefinition? Cause { get; init; }

    /// <summary>Other checks that the same cause makes end as badly.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public ComputeKind Compute { get; init; }

    public string? Model { get; init; } = "Phi-4-mini-instruct";

    public string Key { get; init; } = EndpointScript.Key;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Turns the script's base URI into the one that is given; null gives the base itself.</summary>
    public Func<Uri, Uri>? GivenUri { get; init; }

    public IReadOnlyList<string> Deployments { get; init; } = [];

    public AuthMode Auth { get; init; }

    /// <summary>Audience of the token for <see cref="AuthMode.Entra"/>.</summary>
    public string Scope { get; init; } = EndpointCredential.DefaultScope;

    public bool? ContentSafety { get; init; }

    public string? SafetyProbe { get; init; }

    public TimeSpan Wait { get; init; }

    public EndpointDialect? Dialect { get; init; }

    /// <summary>What the deciding check's message or suggestion must contain; null for anything.</summary>
    public string? Says { get; init; }

    public override string ToString() => Name;

    public static Behaviour Healthy(string name, EndpointScript script) => new() { Name = name, Script = script, Status = CheckStatus.Pass };

    public static Behaviour Of(CheckStatus status, string name, string check, ErrorDefinition cause, EndpointScript script) =>
        new() { Name = name, Script = script, Status = status, Check = check, Cause = cause };

    public static Behaviour Warns(string name, string check, ErrorDefinition cause, EndpointScript script) => Of(CheckStatus.Warn, name, check, cause, script);

    public static Behaviour Fails(string name, string check, ErrorDefinition cause, EndpointScript script) => Of(CheckStatus.Fail, name, check, cause, script);

    public static Behaviour Unclear(string name, string check, ErrorDefinition cause, EndpointScript script) => Of(CheckStatus.Inconclusive, name, check, cause, script);
}
