using System.Text.Json.Nodes;
using Deploy.Emulator.Hosting;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Identity;

/// <summary>The local directory's sign-in endpoints, as Azure.Identity, @azure/identity and the Azure CLI call them.</summary>
internal sealed class Authority
{
    /// <summary>Stands for the tenant in the addresses of AD FS, as Azure Stack Hub has them: the one form of a private cloud that the Azure CLI signs in to without asking Microsoft first.</summary>
    private const string Adfs = "adfs";

    private static readonly string[] Aliases = ["common", "organizations", Adfs];

    private readonly StoreIdentity _identity;
    private readonly TokenService _tokens;
    private readonly TimeProvider _clock;
    private readonly string _root;
    private readonly Discovery _discovery;
    private readonly TokenEndpoint _endpoint;
    private readonly ManagedIdentityEndpoint _managed;

    public Authority(StoreIdentity identity, StoreFolder folder, TokenService tokens, CloudStore store, Uri https, TimeProvider clock)
    {
        var directory = new LocalDirectory(identity, folder, tokens.Issuer2);
        _identity = identity;
        _tokens = tokens;
        _clock = clock;
        _root = https.GetLeftPart(UriPartial.Authority);
        _discovery = new Discovery(identity, tokens, https);
        _endpoint = new TokenEndpoint(directory, tokens, https, clock);
        _managed = new ManagedIdentityEndpoint(directory, tokens, store, https, clock);
    }

    /// <summary>Answers a request to the authority or a managed identity's endpoint; null when the path is none of theirs.</summary>
    public async Task<ArmResponse?> AnswerAsync(IReadOnlyList<string> segments, HttpRequest request, CancellationToken cancellationToken)
    {
        var (first, route) = (segments[0].ToLowerInvariant(), string.Join('/', segments.Skip(1)).ToLowerInvariant());
        return (first, route) switch
        {
            ("metadata", "identity/oauth2/token") when HttpMethods.IsGet(request.Method) => _managed.Metadata(request),
            ("msi", "token") when HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method) => await _managed.AppServiceAsync(request, cancellationToken),
            (Adfs, ".well-known/openid-configuration") => ArmResponse.Ok(_discovery.Adfs()),
            (_, "v2.0/.well-known/openid-configuration") => ForTenant(segments[0], request, () => _discovery.Configuration(isVersion2: true)),
            (_, ".well-known/openid-configuration") => ForTenant(segments[0], request, () => _discovery.Configuration(isVersion2: false)),
            (_, "discovery/v2.0/keys" or "discovery/keys") => ForTenant(segments[0], request, _tokens.Keys),
            (_, "discovery/instance") => ArmResponse.Ok(_discovery.Instances()),
            (_, "oauth2/v2.0/token" or "oauth2/token") when HttpMethods.IsPost(request.Method) => IsKnown(segments[0])
                ? await _endpoint.AnswerAsync(segments[0], first == Adfs || route.Contains("v2.0", StringComparison.Ordinal), request, cancellationToken)
                : UnknownTenant(segments[0], request, isDiscovery: false),
            _ => null,
        };
    }

    public JsonObject Endpoints() => _discovery.Endpoints();

    private ArmResponse ForTenant(string tenant, HttpRequest request, Func<JsonObject> answer) =>
        IsKnown(tenant) ? ArmResponse.Ok(answer()) : UnknownTenant(tenant, request, isDiscovery: true);

    private ArmResponse UnknownTenant(string tenant, HttpRequest request, bool isDiscovery) =>
        SignInFault.UnknownTenant(tenant, isDiscovery).Response(_root, request.Headers["client-request-id"], _clock.GetUtcNow());

    private bool IsKnown(string tenant) => tenant.Equals(_identity.TenantId, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(tenant, StringComparer.OrdinalIgnoreCase);
}
