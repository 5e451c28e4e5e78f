namespace Deploy.Emulator.ControlPlane.Support;

internal static class IdentitySupport
{
    private static readonly SupportProof Library = new("Azure.Identity", "IdentityTests.ClientSecretCredential_RightSecret_GetsATokenThatArmTakes");

    public static SupportArea Area { get; } = new()
    {
        Title = "Identity",
        Rows =
        [
            SupportRow.Of("POST", "/{tenant}/oauth2/v2.0/token", "client credentials with a secret; errors `AADSTS7000215`, `700016`, `90002`, `500011`, `70003`", "IdentityTests", Library),
            SupportRow.Of("GET", "/{tenant}/v2.0/.well-known/openid-configuration", "discovery", "IdentityTests.Discovery_KnownTenant_NamesTheTokenEndpoint"),
            SupportRow.Of("GET", "/{tenant}/discovery/v2.0/keys", "the key that signs tokens"),
            SupportRow.Of("GET", "/common/discovery/instance", "the instance itself"),
            SupportRow.Of("GET", "/metadata/endpoints", "the addresses of this cloud", "ArmTests.Providers_Register_AnswersRegistered"),
        ],
        Missing = ["client certificates", "federated credentials", "managed identity", "authorization code"],
    };
}
