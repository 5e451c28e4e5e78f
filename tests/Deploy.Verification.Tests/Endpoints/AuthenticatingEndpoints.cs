using Deploy.Verification.Endpoints;
using Deploy.Verification.Tests.Endpoints.Scripted;
using static Deploy.Verification.Tests.Endpoints.Scripted.Behaviour;

namespace Deploy.Verification.Tests.Endpoints;

/// <summary>Endpoints with something wrong at the door.</summary>
internal static class AuthenticatingEndpoints
{
    public static IReadOnlyList<Behaviour> All { get; } =
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
    ];
}
