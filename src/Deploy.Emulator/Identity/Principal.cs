namespace Deploy.Emulator.Identity;

/// <summary>Whoever a token speaks for: a service principal or a managed identity.</summary>
internal sealed record Principal(string ClientId, string ObjectId)
{
    /// <summary>The resource that a user-assigned managed identity is; null for others.</summary>
    public string? ManagedIdentityId { get; init; }
}

/// <summary>How the client proved who it is, as the claims <c>appidacr</c> and <c>azpacr</c> say it.</summary>
internal enum ClientProof
{
    Secret = 1,

    /// <summary>A certificate, a federated token or a managed identity.</summary>
    Assertion = 2,
}
