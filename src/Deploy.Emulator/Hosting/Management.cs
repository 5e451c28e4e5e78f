using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator.Hosting.ManagementApi;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Deploy.Emulator.Hosting;

/// <summary>What the local Azure answers about itself, to whoever can read its store: everything below <c>/.local/</c>.</summary>
internal sealed class Management(StoreIdentity identity, StoreRoutes store, FaultRoutes faults, ClockRoutes clock, LoggedRequests requests, Action stop)
{
    public const string Segment = ".local";
    public const string KeyHeader = "x-local-key";

    public async Task<ArmResponse> AnswerAsync(HttpRequest request, IReadOnlyList<string> segments, CancellationToken cancellationToken)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[KeyHeader].ToString()), Encoding.UTF8.GetBytes(identity.ClientSecret)))
        {
            return ArmErrors.Error(401, "Unauthorized", $"The header {KeyHeader} is missing or wrong.");
        }

        JsonObject? body = null;
        if (segments is [_, "restore"])
        {
            request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = StoreRoutes.LargestSnapshotBytes;
        }

        if (request.Method is "POST" or "PUT")
        {
            (body, var fault, var status) = await JsonBody.ReadAsync(request, segments is [_, "restore"] ? StoreRoutes.LargestSnapshotBytes : JsonBody.LargestBytes, cancellationToken);
            if (fault is not null)
            {
                return ArmErrors.Error(status, "BadRequest", fault);
            }
        }

        try
        {
            return Route(request, segments, body);
        }
        catch (DeployException e) when (e.Error.Code is "DEP6004" or "DEP6007" or "DEP6008")
        {
            return ArmErrors.Error(400, e.Error.Code, e.Error.Message);
        }
    }

    private ArmResponse Route(HttpRequest request, IReadOnlyList<string> segments, JsonObject? body)
    {
        switch (request.Method, segments.ElementAtOrDefault(1) ?? "", segments.ElementAtOrDefault(2))
        {
            case ("GET", "status", null):
                return ArmResponse.Ok(store.Status(faults.Count, clock.Show()));
            case ("POST", "stop", null):
                stop();
                return new ArmResponse(202);
            case ("POST", "reset", null):
                store.Reset();
                faults.Clear();
                requests.Clear();
                clock.Reset();
                return ArmResponse.NoContent();
            case ("GET", "resources", null):
                return ArmResponse.Ok(store.Resources(request.Query["type"], request.Query["below"], request.Query["bodies"] == "true"));
            case ("GET", "operations", null):
                return ArmResponse.Ok(store.Operations());
            case ("GET", "snapshot", null):
                return ArmResponse.Ok(store.Snapshot());
            case ("POST", "restore", null):
                store.Restore(body ?? []);
                return ArmResponse.NoContent();
            case ("GET", "requests", null):
                return ArmResponse.Ok(requests.Last(request.Query["last"]));
            case (_, "faults", var id):
                return faults.Answer(request.Method, id, body);
            case ("GET", "clock", null):
                return ArmResponse.Ok(clock.Show());
            case ("POST", "clock", null):
                return ArmResponse.Ok(clock.Change(body ?? []));
            default:
                return ArmErrors.Error(404, "NotFound", "There are GET status, resources, operations, requests, snapshot, clock, faults, faults/hits; POST stop, reset, restore, clock, faults; DELETE faults, faults/{id}.");
        }
    }
}
