namespace Deploy.Emulator.Identity;

/// <summary>An application of the local directory with its service principal, and what it may sign in with.</summary>
internal sealed record Application
{
    public required string ClientId { get; init; }

    /// <summary>The service principal's object, as role assignments name it.</summary>
    public required string ObjectId { get; init; }

    public string DisplayName { get; init; } = "";

    public IReadOnlyList<ApplicationSecret> Secrets { get; init; } = [];

    /// <summary>Certificates without their keys, each in PEM; a PEM with several certificates registers all of them.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    public IReadOnlyList<FederatedCredential> FederatedCredentials { get; init; } = [];
}

/// <summary>A client secret; one without an end is good for ever.</summary>
internal sealed record ApplicationSecret(string Value, DateTimeOffset? EndsAt = null);

/// <summary>Tokens of another issuer that count as the application's own credential.</summary>
internal sealed record FederatedCredential
{
    public const string DefaultAudience = "api://AzureADTokenExchange";

    /// <summary>Such as <c>https://token.actions.githubusercontent.com</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Such as <c>repo:contoso/phi:environment:prod</c>; upper and lower case count.</summary>
    public required string Subject { get; init; }

    public IReadOnlyList<string> Audiences { get; init; } = [DefaultAudience];
}
