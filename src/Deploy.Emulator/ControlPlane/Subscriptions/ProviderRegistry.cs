using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Subscriptions;

/// <summary>Which resource providers the subscription is registered for. A local one is registered for all, until somebody unregisters one.</summary>
internal sealed class ProviderRegistry(Cloud cloud)
{
    // Azure registers these for everybody, and lets nobody unregister them.
    private static readonly HashSet<string> Always = new(StringComparer.OrdinalIgnoreCase)
    {
        "Microsoft.ADHybridHealthService", "Microsoft.Authorization", "Microsoft.Billing", "Microsoft.Consumption", "Microsoft.CostManagement", "Microsoft.Features",
        "Microsoft.MarketplaceOrdering", "Microsoft.Portal", "Microsoft.ResourceGraph", "Microsoft.Resources", "Microsoft.SerialConsole", "Microsoft.Support",
    };

    public string StateOf(string ns) => cloud.Store.Setting(Key(ns)) switch
    {
        null => "Registered",
        JsonObject { } kept when kept["registeredAt"] is JsonValue at => at.GetValue<long>() <= cloud.Now.UtcTicks ? "Registered" : "Registering",
        _ => "NotRegistered",
    };

    public static string PolicyOf(string ns) => Always.Contains(ns) ? "RegistrationFree" : "RegistrationRequired";

    public bool IsRegistered(string ns) => StateOf(ns) == "Registered";

    public ArmResponse? CheckRegistered(string ns) => IsRegistered(ns) ? null : ArmErrors.NotRegistered(ns);

    /// <summary>Says what a client reads in the answer.</summary>
    public string Register(string ns)
    {
        if (IsRegistered(ns))
        {
            return "Registered";
        }

        cloud.Store.SetSetting(Key(ns), new JsonObject { ["registeredAt"] = (cloud.Now + cloud.Options.OperationDelay).UtcTicks });
        return "Registering";
    }

    /// <summary>Null when it is done.</summary>
    public ArmResponse? Unregister(string ns)
    {
        if (Always.Contains(ns))
        {
            return ArmErrors.BadRequest($"The resource provider '{ns}' is registered for every subscription and cannot be unregistered.");
        }

        if (cloud.Types.TypesOf(ns).FirstOrDefault(type => cloud.Store.OfTypeBelow(type, "", null, 1).Count > 0) is { } used)
        {
            return ArmErrors.Conflict($"The resource provider '{ns}' cannot be unregistered: the subscription has resources of type '{used}'.");
        }

        cloud.Store.SetSetting(Key(ns), new JsonObject { ["unregistered"] = true });
        return null;
    }

    private static string Key(string ns) => $"provider/{ns.ToLowerInvariant()}";
}
