using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.Identity;

/// <summary>A refused sign-in: OAuth's error, Microsoft Entra's code and its words.</summary>
internal sealed record SignInFault(int Status, string Error, int Code, string Text)
{
    public static SignInFault Missing(string parameter) => new(400, "invalid_request", 900144, $"The request body must contain the following parameter: '{parameter}'.");

    public static SignInFault UnknownTenant(string tenant, bool isDiscovery) => new(400, isDiscovery ? "invalid_tenant" : "invalid_request", 90002,
        $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. "
        + "Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.");

    public static SignInFault UnknownApplication(string clientId, string tenant) => new(400, "unauthorized_client", 700016,
        $"Application with identifier '{clientId}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the "
        + "tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.");

    public static SignInFault UnknownResource(string resource, string tenant) => new(400, "invalid_resource", 500011,
        $"The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the "
        + "tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.");

    public ArmResponse Response(string authority, string? correlation, DateTimeOffset now)
    {
        var trace = Guid.NewGuid().ToString();
        var time = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        correlation = Guid.TryParse(correlation, out var given) ? given.ToString() : Guid.NewGuid().ToString();
        return new ArmResponse(Status, new JsonObject
        {
            ["error"] = Error,
            ["error_description"] = $"AADSTS{Code}: {Text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            ["error_codes"] = new JsonArray(Code),
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = correlation,
            ["error_uri"] = $"{authority}/error?code={Code}",
        }).With("Cache-Control", "no-store, no-cache").With("client-request-id", correlation);
    }
}
