using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints with something wrong at the door.</summary>
internal static class AuthenticatingEndpoints
{
    public static IReadOnlyList<Behaviour> All =>
    [
        Fails("key is wrong", "auth.accepted", EndpointErrors.CredentialRefused, new()) with { Key = "AnotherKeyThatIsLongEnough12345" },
        Fails("caller is forbidden", "auth.accepted", EndpointErrors.AccessForbidden, new()
        {
            Authenticate = async call =>
            {
                await call.JsonAsync(403, """{"error":{"code":"Forbidden","message":"no role"}}""");
                return false;
            },
        }),
        Fails("any key will do", "auth.rejected", EndpointErrors.WrongKeyAccepted, new()
        {
            Authenticate = async call =>
            {
                if (call.Context.Request.Headers.Authorization.Count > 0)
                {
                    return true;
                }

                await call.TextAsync(401, "key?");
                return false;
            },
        }),
        Fails("no key needed", "auth.rejected", EndpointErrors.MissingKeyAccepted, new()
        {
            Authenticate = call => call.Context.Request.Headers.Authorization.Count == 0 ? Task.FromResult(true) : EndpointScript.DefaultAuthentication(call),
        }),
        Fails("open to everyone", "auth.rejected", EndpointErrors.WrongKeyAccepted, new() { Authenticate = _ => Task.FromResult(true) }),
        Warns("refuses with status 400", "auth.rejected", EndpointErrors.RefusalUnusual, new()
        {
            Authenticate = async call =>
            {
                if (call.Context.Request.Headers.Authorization == $"Bearer {EndpointScript.Key}")
                {
                    return true;
                }

                await call.JsonAsync(400, """{"message":"bad key"}""");
                return false;
            },
        }),
        Warns("/info refuses the right key", "info", EndpointErrors.InfoMissing, new() { Info = call => call.TextAsync(401, "") }),
        Warns("refuses /info for ever, and the chat's credential counts after a while", "info", EndpointErrors.InfoMissing, new()
        {
            Info = call => call.TextAsync(403, ""),
            Chat = call => call.Number == 1 ? call.JsonAsync(401, """{"message":"unknown principal"}""") : call.AnswerAsync($"{call.Sum}"),
        }) with { Auth = AuthMode.Entra, Wait = TimeSpan.FromSeconds(20) },
        Healthy("role counts after a while", new()
        {
            Info = call => call.Number == 0 && call.Script.Chats == 0 ? call.TextAsync(403, "") : EndpointScript.DefaultInfo(call),
            Chat = call => call.Number == 1 ? call.JsonAsync(403, """{"message":"no role"}""") : call.AnswerAsync($"{call.Sum}"),
        }) with { Auth = AuthMode.Entra, Wait = TimeSpan.FromSeconds(20) },
        Healthy("renewed key counts after a while", new()
        {
            Info = call => call.Script.Chats == 0 ? call.TextAsync(401, "") : EndpointScript.DefaultInfo(call),
            Chat = call => call.Number == 1 ? call.TextAsync(401, "") : call.AnswerAsync($"{call.Sum}"),
        }) with { Wait = TimeSpan.FromSeconds(20) },
        Fails("role never counts", "auth.accepted", EndpointErrors.AccessForbidden, Refuses(403, """{"message":"no role"}""")) with { Auth = AuthMode.Entra },
        Fails("token of another audience", "auth.accepted", EndpointErrors.AudienceWrong, Refuses(401, Audience)) with { Auth = AuthMode.Entra, Wait = TimeSpan.FromMinutes(5) },
        Fails("token refused although its audience is right", "auth.accepted", EndpointErrors.CredentialRefused, Refuses(401, Audience))
            with { Auth = AuthMode.Entra, Scope = "https://cognitiveservices.azure.com/.default" },
        Fails("network rules refuse", "auth.accepted", EndpointErrors.NetworkForbidden, Refuses(403, """{"error":{"code":"Forbidden","message":"Public network access is disabled for this workspace."}}"""))
            with { Auth = AuthMode.Entra, Wait = TimeSpan.FromMinutes(5) },
    ];

    private const string Audience = """{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}""";

    private static EndpointScript Refuses(int status, string json) => new()
    {
        Authenticate = async call =>
        {
            await call.JsonAsync(status, json);
            return false;
        },
    };
}
