namespace Deploy.Emulator.ControlPlane.Support;

internal static class IdentitySupport
{
    private static readonly SupportProof Library = new("Azure.Identity", "IdentityTests.ClientSecretCredential_RightSecret_GetsATokenThatArmTakes");
    private static readonly SupportProof Certificates = new("Azure.Identity", "CertificateSignInTests");
    private static readonly SupportProof ManagedIdentities = new("Azure.Identity", "ManagedIdentityTests");

    public static SupportArea Area { get; } = new()
    {
        Title = "Identity",
        Rows =
        [
            SupportRow.Of("POST", "/{tenant}/oauth2/v2.0/token",
                "client credentials with a secret, a certificate (`x5t`, `x5t#S256`, `x5c` or `kid`; RS256, PS256) or a token of a federated issuer; also `/{tenant}/oauth2/token` with `resource`",
                "IdentityTests", "FederatedSignInTests", Library, Certificates),
            SupportRow.Of("POST", "/{tenant}/oauth2/v2.0/token (refusals)",
                "Microsoft Entra's body and codes: secrets `7000215`, `7000222`, `7000218`; names `700016`, `90002`, `500011`; parameters `900144`, `70003`, `70011`, `1002012`; assertions `50027`, " +
                "`5002730`, `50048`, `700023`, `700024`, `700027`; federation `70021`, `700211`, `700212`, `700213`, `7002138`, `50013`, `90061`", "IdentityTests", "CertificateSignInTests", "FederatedSignInTests"),
            SupportRow.Of("GET", "/metadata/identity/oauth2/token", "managed identities as on a virtual machine: the machine's own, and every user-assigned identity of the store", "ManagedIdentityTests", ManagedIdentities),
            SupportRow.Of("GET", "/msi/token", "the same as on App Service", "ManagedIdentityTests", ManagedIdentities),
            SupportRow.Of("*", "access tokens", "version 1.0 for Azure's services, 2.0 for applications of the store; claims as Microsoft Entra's for applications; audience and end checked by who takes them", "TokenTests"),
            SupportRow.Of("GET", "/{tenant}/v2.0/.well-known/openid-configuration", "discovery; also without `v2.0`", "IdentityTests.Discovery_KnownTenant_NamesTheTokenEndpoint"),
            SupportRow.Of("GET", "/{tenant}/discovery/v2.0/keys", "the key that signs tokens"),
            SupportRow.Of("GET", "/common/discovery/instance", "the instance itself"),
            SupportRow.Of("GET", "/metadata/endpoints", "the addresses of this cloud", "ArmTests.Providers_Register_AnswersRegistered"),
        ],
        Missing = ["users: authorization code, device code, passwords, on behalf of", "Microsoft Graph"],
    };
}
