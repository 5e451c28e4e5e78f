using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Hosting;

/// <summary>What the local Azure answers about itself, to whoever can read its store: <c>/.local/status|stop|reset</c>.</summary>
internal sealed class Management(Cloud cloud, StoreIdentity identity, FaultRules faults, RequestLog log, Action stop)
{
    public const string Segment = ".local";
    public const string KeyHeader = "x-local-key";

    public ArmResponse Answer(HttpRequest request, IReadOnlyList<string> segments)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[KeyHeader].ToString()), Encoding.UTF8.GetBytes(identity.ClientSecret)))
        {
            return ArmErrors.Error(401, "Unauthorized", $"The header {KeyHeader} is missing or wrong.");
        }

        switch (request.Method, segments.Count > 1 ? segments[1] : "")
        {
            case ("GET", "status"):
                return ArmResponse.Ok(new JsonObject { ["processId"] = Environment.ProcessId, ["resources"] = cloud.Store.Count(), ["faults"] = faults.All().Count });
            case ("POST", "stop"):
                stop();
                return new ArmResponse(202);
            case ("POST", "reset"):
                cloud.Store.Exclusively(() =>
                {
                    cloud.Store.Clear();
                    return true;
                });
                faults.Clear();
                log.Clear();
                return ArmResponse.NoContent();
            default:
                return ArmErrors.Error(404, "NotFound", "There are status, stop and reset.");
        }
    }
}
