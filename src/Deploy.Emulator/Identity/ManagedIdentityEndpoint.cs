using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Identity;

/// <summary>
/// Tokens of managed identities, as a virtual machine gives them (<c>/metadata/identity/oauth2/token</c>) and as App Service does (<c>/msi/token</c>). The machine has a
/// system-assigned identity, and every user-assigned identity of the store.
/// </summary>
internal sealed class ManagedIdentityEndpoint(LocalDirectory directory, TokenService tokens, CloudStore store, Uri https, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private static readonly string[] ClientIds = ["client_id", "clientid"];
    private static readonly string[] ObjectIds = ["principal_id", "object_id"];
    private static readonly string[] ResourceIds = ["mi_res_id", "msi_res_id"];

    /// <summary>The metadata service: whoever is on the machine is trusted, but a page in a browser cannot set the header, and other machines have none of it.</summary>
    public ArmResponse Metadata(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
        {
            return Error("invalid_request", "The metadata service answers to this machine only");
        }

        if (request.Headers["Metadata"] != "true" || request.Headers.ContainsKey("X-Forwarded-For"))
        {
            return Error("invalid_request", "Required metadata header not specified");
        }

        if (request.Query["api-version"].ToString().Length == 0)
        {
            return Error("invalid_request", "Required parameter 'api-version' not specified");
        }

        var (issued, audience, clientId, fault) = Issue(name => request.Query[name].ToString());
        if (fault is not null)
        {
            return Error(fault.Error, fault.Text);
        }

        var seconds = Text((long)(issued!.Expires - clock.GetUtcNow()).TotalSeconds);
        return ArmResponse.Ok(new JsonObject
        {
            ["access_token"] = issued.Token,
            ["client_id"] = clientId,
            ["expires_in"] = seconds,
            ["expires_on"] = Text(issued.Expires.ToUnixTimeSeconds()),
            ["ext_expires_in"] = seconds,
            ["not_before"] = Text(issued.NotBefore.ToUnixTimeSeconds()),
            ["resource"] = audience!.Value,
            ["token_type"] = "Bearer",
        });
    }

    /// <summary>App Service: who knows the value of <c>IDENTITY_HEADER</c> (older: <c>MSI_SECRET</c>) is trusted.</summary>
    public async Task<ArmResponse> AppServiceAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var shown = request.Headers["X-IDENTITY-HEADER"].ToString() is { Length: > 0 } header ? header : request.Headers["secret"].ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(directory.IdentityHeader)))
        {
            return new ArmResponse(401, new JsonObject { ["statusCode"] = 401, ["message"] = "The header X-IDENTITY-HEADER (or secret) is missing or wrong." });
        }

        var form = request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        var (issued, audience, clientId, fault) = Issue(name => request.Query[name].ToString() is { Length: > 0 } value ? value : form[name].ToString());
        return fault is not null
            ? new ArmResponse(400, new JsonObject { ["statusCode"] = 400, ["message"] = fault.Text })
            : ArmResponse.Ok(new JsonObject
            {
                ["access_token"] = issued!.Token,
                ["client_id"] = clientId,
                ["expires_on"] = ExpiresOn(issued.Expires, request.Query["api-version"].ToString()),
                ["resource"] = audience!.Value,
                ["token_type"] = "Bearer",
            });
    }

    private (IssuedToken? Token, TokenAudience? Audience, string? ClientId, SignInFault? Fault) Issue(Func<string, string> parameter)
    {
        var resource = parameter("resource");
        if (resource.Length == 0)
        {
            return (null, null, null, new SignInFault(400, "invalid_request", 0, "Required audience parameter not specified"));
        }

        if (Identity(parameter) is not { } principal)
        {
            return (null, null, null, new SignInFault(400, "invalid_request", 0, "Identity not found"));
        }

        var (audience, unknown) = TokenAudience.OfResource(resource, directory, https.GetLeftPart(UriPartial.Authority));
        return audience is null
            ? (null, null, null, unknown! with { Text = $"AADSTS{unknown.Code}: {unknown.Text}" })
            : (tokens.Issue(principal, audience, ClientProof.Assertion, Lifetime), audience, principal.ClientId, null);
    }

    private Principal? Identity(Func<string, string> parameter)
    {
        string? Given(string[] names) => names.Select(parameter).FirstOrDefault(value => value.Length > 0);
        var (clientId, objectId, resourceId) = (Given(ClientIds), Given(ObjectIds), Given(ResourceIds));
        var machine = directory.Machine;
        if ((clientId ?? objectId ?? resourceId) is null || Is(machine.ClientId, clientId) || Is(machine.ObjectId, objectId))
        {
            return machine;
        }

        var found = store.Exclusively(() => store.OfType(ResourceTypes.UserAssignedIdentity)).FirstOrDefault(identity => Is(Property(identity, "clientId"), clientId)
            || Is(Property(identity, "principalId"), objectId) || Is(identity.Id, resourceId));
        return found is null ? null : new Principal(Property(found, "clientId")!, Property(found, "principalId")!) { ManagedIdentityId = found.Id };
    }

    private static bool Is(string? value, string? given) => given is not null && given.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static string? Property(StoredResource identity, string name) => (string?)identity.Properties[name];

    // The first version of App Service's endpoint wrote a date, later ones the seconds since 1970.
    private static string ExpiresOn(DateTimeOffset expires, string apiVersion) => apiVersion == "2017-09-01"
        ? expires.UtcDateTime.ToString("M/d/yyyy h:mm:ss tt +00:00", CultureInfo.InvariantCulture)
        : Text(expires.ToUnixTimeSeconds());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ArmResponse Error(string error, string text) => new(400, new JsonObject { ["error"] = error, ["error_description"] = text });
}
