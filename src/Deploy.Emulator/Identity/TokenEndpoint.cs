using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Identity;

/// <summary><c>POST /{tenant}/oauth2/v2.0/token</c> and its predecessor <c>/{tenant}/oauth2/token</c>: the client credentials grant.</summary>
internal sealed class TokenEndpoint(LocalDirectory directory, TokenService tokens, Uri https, TimeProvider clock)
{
    private readonly ClientAssertion _assertions = new(directory, tokens, clock);
    private readonly string _authority = https.GetLeftPart(UriPartial.Authority);

    public async Task<ArmResponse> AnswerAsync(string tenant, bool isVersion2, HttpRequest request, CancellationToken cancellationToken)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        var (principal, proof, fault) = await SignInAsync(tenant, request, form);
        if (fault is null)
        {
            var (audience, unknown) = isVersion2 ? TokenAudience.OfScope(form["scope"].ToString(), directory, _authority)
                : form["resource"].ToString() is { Length: > 0 } resource ? TokenAudience.OfResource(resource, directory, _authority)
                : (null, SignInFault.Missing("resource"));
            if (audience is not null)
            {
                return Issued(tokens.Issue(principal!, audience, proof), audience, isVersion2);
            }

            fault = unknown;
        }

        return fault!.Response(_authority, request.Headers["client-request-id"], clock.GetUtcNow());
    }

    private async Task<(Principal? Principal, ClientProof Proof, SignInFault? Fault)> SignInAsync(string tenant, HttpRequest request, IFormCollection form)
    {
        var grant = form["grant_type"].ToString();
        if (grant != "client_credentials")
        {
            return Refused(grant.Length == 0 ? SignInFault.Missing("grant_type") : new SignInFault(400, "unsupported_grant_type", 70003,
                $"The app requested an unsupported grant type '{grant}'. The local Azure supports client_credentials."));
        }

        var (clientId, secret) = Credentials(request, form);
        var assertion = form["client_assertion"].ToString();
        clientId = clientId.Length == 0 && assertion.Length > 0 ? ClientAssertion.SubjectOf(assertion) ?? "" : clientId;
        if (clientId.Length == 0)
        {
            return Refused(SignInFault.Missing("client_id"));
        }

        if (directory.Find(clientId) is not { } application)
        {
            return Refused(SignInFault.UnknownApplication(clientId, directory.TenantId));
        }

        var fault = assertion.Length > 0 ? await AssertionAsync(tenant, form, assertion, application) : Secret(application, secret);
        return (new Principal(application.ClientId, application.ObjectId), assertion.Length > 0 ? ClientProof.Assertion : ClientProof.Secret, fault);
    }

    private async Task<SignInFault?> AssertionAsync(string tenant, IFormCollection form, string assertion, Application application) =>
        form["client_assertion_type"].ToString() is { Length: > 0 } type
            ? type != ClientAssertion.Type
                ? new SignInFault(400, "invalid_request", 50027, $"JWT token is invalid or malformed. The client_assertion_type '{type}' is not '{ClientAssertion.Type}'.")
                : await _assertions.CheckAsync(assertion, application, Audiences(tenant))
            : SignInFault.Missing("client_assertion_type");

    // Clients take either address of the token endpoint, or the issuer, with the tenant as they wrote it.
    private string[] Audiences(string tenant) =>
    [
        .. new[] { tenant, directory.TenantId }.SelectMany(name => new[]
        {
            $"{_authority}/{name}/oauth2/v2.0/token", $"{_authority}/{name}/oauth2/token", $"{_authority}/{name}/v2.0", $"{_authority}/{name}/",
        }),
    ];

    private SignInFault? Secret(Application application, string? secret)
    {
        if (secret is null)
        {
            return new SignInFault(401, "invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }

        var given = Encoding.UTF8.GetBytes(secret);
        var found = application.Secrets.Where(known => CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(known.Value))).ToList();
        return found.Count == 0
            ? new SignInFault(401, "invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, "
                + $"not the client secret ID, for a secret added to app '{application.ClientId}'.")
            : found.All(known => known.EndsAt <= clock.GetUtcNow())
            ? new SignInFault(401, "invalid_client", 7000222, $"The provided client secret keys for app '{application.ClientId}' are expired. Visit the Azure portal to create new keys "
                + "for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.")
            : null;
    }

    private ArmResponse Issued(IssuedToken issued, TokenAudience audience, bool isVersion2)
    {
        var seconds = (int)(issued.Expires - clock.GetUtcNow()).TotalSeconds;
        var body = new JsonObject { ["token_type"] = "Bearer" };
        if (isVersion2)
        {
            body["expires_in"] = seconds;
            body["ext_expires_in"] = seconds;
        }
        else
        {
            body["expires_in"] = Text(seconds);
            body["ext_expires_in"] = Text(seconds);
            body["expires_on"] = Text(issued.Expires.ToUnixTimeSeconds());
            body["not_before"] = Text(issued.NotBefore.ToUnixTimeSeconds());
            body["resource"] = audience.Value;
        }

        body["access_token"] = issued.Token;
        return ArmResponse.Ok(body).With("Cache-Control", "no-store, no-cache").With("Pragma", "no-cache");
    }

    private static (string ClientId, string? Secret) Credentials(HttpRequest request, IFormCollection form)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = new byte[header.Length];
            var parts = Convert.TryFromBase64String(header[6..].Trim(), bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written).Split(':', 2) : [];
            return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : ("", null);
        }

        return (form["client_id"].ToString(), form["client_secret"].ToString() is { Length: > 0 } secret ? secret : null);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static (Principal?, ClientProof, SignInFault?) Refused(SignInFault fault) => (null, ClientProof.Secret, fault);
}
