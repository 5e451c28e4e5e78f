using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Autoscale settings: minimum, default and maximum of every profile in that order, and no step larger than their distance. Nothing is scaled.</summary>
internal sealed class AutoscaleSettingBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.AutoscaleSetting;

    public override ArmResponse? Check(WriteContext write) => (write.Wanted["profiles"] as JsonArray ?? []).OfType<JsonObject>().Select(CheckProfile).FirstOrDefault(fault => fault is not null);

    private static ArmResponse? CheckProfile(JsonObject profile)
    {
        var capacity = profile["capacity"] as JsonObject ?? [];
        if (Number(capacity, "minimum") is not { } minimum || Number(capacity, "maximum") is not { } maximum || Number(capacity, "default") is not { } usual)
        {
            return ArmErrors.BadRequest($"The capacity of the profile '{profile["name"]}' needs whole numbers 'minimum', 'maximum' and 'default'.");
        }

        if (minimum > maximum)
        {
            return ArmErrors.BadRequest($"The minimum capacity value '{minimum}' that you specified in the autoscale setting is greater than the maximum capacity of '{maximum}'.  Enter a minimum capacity less than '{maximum}'.");
        }

        if (minimum > usual)
        {
            return ArmErrors.BadRequest($"The minimum capacity value '{minimum}' that you specified in the autoscale setting is greater than the default capacity of '{usual}'.  Enter a minimum capacity less than '{usual}'.");
        }

        if (usual > maximum)
        {
            return ArmErrors.BadRequest($"The default capacity value '{usual}' that you specified in the autoscale setting is greater than the maximum capacity of '{maximum}'.  Enter a default capacity less than '{maximum}'.");
        }

        var step = (profile["rules"] as JsonArray ?? []).OfType<JsonObject>().Select(rule => rule["scaleAction"] as JsonObject ?? []).FirstOrDefault(action =>
            (string?)action["type"] == "ChangeCount" && Number(action, "value") > maximum - minimum);
        return step is null ? null : ArmErrors.Error(400, "InvalidActionValue",
            $"The autoscale setting you provided has an invalid scale action value ('{step["value"]}'). Specify a scale value less than or equal to the difference between the capacity maximum {maximum} and the capacity minimum {minimum}.");
    }

    private static int? Number(JsonObject from, string name) => int.TryParse(from[name]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
