using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Engine.State;

/// <summary>State changes as lines of the journal.</summary>
internal static class JournalJson
{
    public static JsonObject Write(StateChange change, ResourceJson resources) => change switch
    {
        OperationBegun begun => Line("begin", begun.Operation, null, null, DeploymentJson.WritePending(begun.Pending, resources)),
        OperationPolled polled => Line("accepted", polled.Operation, null, null, polled.PollUrl.AbsoluteUri),
        OperationDropped dropped => Line("drop", dropped.Operation, null, null, null),
        ResourceWritten written => Line("write", written.Operation, written.Handle, written.Supersedes, resources.Write(written.State), written.Retires),
        ResourceChanged changed => Line("change", changed.Operation, changed.Handle, null, resources.Write(changed.State)),
        ResourceRemoved removed => Line(removed.Vanished ? "vanish" : "remove", removed.Operation, removed.Handle, null, null),
        _ => throw new InvalidOperationException($"no journal form for {change.GetType().Name}"),
    };

    public static StateChange Read(JsonObject line, ResourceJson resources)
    {
        var operation = line["operation"]?.GetValue<long>();
        var handle = line["handle"]?.GetValue<int>() ?? -1;
        return line["do"]?.GetValue<string>() switch
        {
            "begin" => new OperationBegun(operation!.Value, DeploymentJson.ReadPending(line["value"], resources)),
            "accepted" => new OperationPolled(operation!.Value, new Uri(line["value"]!.GetValue<string>())),
            "drop" => new OperationDropped(operation!.Value),
            "write" => new ResourceWritten(operation, handle, resources.Read(line["value"]), line["supersedes"]?.GetValue<int>(), line["retires"]?.GetValue<int>()),
            "change" => new ResourceChanged(operation, handle, resources.Read(line["value"])),
            "remove" => new ResourceRemoved(operation, handle),
            "vanish" => new ResourceRemoved(operation, handle, Vanished: true),
            var other => throw new DeployException(EngineErrors.StateInvalid.With($"the journal has a line of the unknown kind '{other}'")),
        };
    }

    private static JsonObject Line(string kind, long? operation, int? handle, int? supersedes, JsonNode? value, int? retires = null)
    {
        var line = new JsonObject { ["do"] = kind };
        if (operation is not null)
        {
            line.Add("operation", operation);
        }

        if (handle is not null)
        {
            line.Add("handle", handle);
        }

        if (supersedes is not null)
        {
            line.Add("supersedes", supersedes);
        }

        if (retires is not null)
        {
            line.Add("retires", retires);
        }

        if (value is not null)
        {
            line.Add("value", value);
        }

        return line;
    }
}
