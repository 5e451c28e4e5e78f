using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using Deploy.Azure.Arm;
using Deploy.Core;
using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Operations;

/// <summary>Answers provider functions.</summary>
internal sealed class Functions(ProviderMetadata metadata, IArmClient client, string subscriptionId)
{
    private readonly WireReader _reader = new(metadata);

    public async Task<PropertyMap> InvokeAsync(string token, PropertyMap args, CancellationToken cancellationToken)
    {
        if (!metadata.Functions.TryGetValue(token, out var function))
        {
            throw new DeployException(AzureNativeErrors.UnknownFunction.With($"'{token}' is not a function of azure-native {metadata.Version} in this build."));
        }

        foreach (var (name, _) in function.Args.Where(a => a.Value && args.Find(a.Key) is null or PropertyNull))
        {
            throw new DeployException(AzureNativeErrors.ArgumentMissing.With($"{token}: argument '{name}' is missing."));
        }

        return token switch
        {
            "azure-native:authorization:getClientConfig" => await ClientConfigAsync(cancellationToken),
            "azure-native:authorization:getClientToken" => PropertyMap.Create(("token", (await TokenAsync(args.Find("endpoint")?.AsString(), cancellationToken)).Token)),
            _ => await SendAsync(token, function, args, cancellationToken),
        };
    }

    private async Task<PropertyMap> SendAsync(string token, FunctionMetadata function, PropertyMap args, CancellationToken cancellationToken)
    {
        var path = ResourcePath.Fill(function.Path!, args, subscriptionId)
            ?? throw new DeployException(AzureNativeErrors.ArgumentMissing.With($"{token}: an argument of '{function.Path}' is missing."));
        var query = (function.Query ?? new Dictionary<string, string>()).Where(q => args.Find(q.Key)?.AsString() is not null).ToDictionary(q => q.Value, q => args[q.Key].AsString()!);
        var request = new ArmRequest { Method = new RequestMethod(function.Method!), Path = path, ApiVersion = function.ApiVersion, Query = query };
        var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccess)
        {
            throw new DeployException(response.ToDeployError(token));
        }

        var body = response.Body as JsonObject ?? throw new DeployException(AzureNativeErrors.UnexpectedBody.With($"{token}: the answer (HTTP {response.Status}) is not an object."));
        return function.Resource is { } resource ? _reader.ReadResource(metadata.Resources[resource], body, function.ApiVersion!) : _reader.ReadResult(function, body);
    }

    private async Task<PropertyMap> ClientConfigAsync(CancellationToken cancellationToken)
    {
        var claims = TokenClaims.Read((await TokenAsync(null, cancellationToken)).Token);
        var session = client.Session;
        return PropertyMap.Create(
            ("clientId", session.ClientId ?? claims.ClientId ?? string.Empty),
            ("objectId", claims.ObjectId ?? string.Empty),
            ("subscriptionId", subscriptionId),
            ("tenantId", session.TenantId ?? claims.TenantId ?? string.Empty));
    }

    private async Task<AccessToken> TokenAsync(string? endpoint, CancellationToken cancellationToken)
    {
        var scope = endpoint is null ? client.Session.Cloud.ResourceManagerScope : endpoint.TrimEnd('/') + "/.default";
        try
        {
            return await client.Session.Credential.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new DeployException(Deploy.Azure.AzureErrors.SignInFailed.With($"No token for {scope}.", detail: exception.Message), exception);
        }
    }
}
