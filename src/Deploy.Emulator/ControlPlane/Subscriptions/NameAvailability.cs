using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Subscriptions;

/// <summary>Whether a globally unique name is free: the <c>check...</c> operations of the providers that have one.</summary>
internal sealed partial class NameAvailability(Cloud cloud)
{
    /// <summary>Null when the path asks something else.</summary>
    public ArmResponse? Answer(string method, ArmPath path, JsonObject? body)
    {
        if (method != "POST" || path is not { Trailing: { } operation, Namespace: { } ns } || path.Pairs.Count > 0)
        {
            return null;
        }

        return (ns.ToLowerInvariant(), operation.ToLowerInvariant()) switch
        {
            ("microsoft.storage", "checknameavailability") => With(body, "name", name => Storage(name)),
            ("microsoft.keyvault", "checknameavailability") => With(body, "name", name => Vault(name)),
            ("microsoft.containerregistry", "checknameavailability") => With(body, "name", name => Registry(name)),
            ("microsoft.cognitiveservices", "checkdomainavailability") => With(body, "subdomainName", name => Domain(name, body!)),
            _ => null,
        };
    }

    private static ArmResponse With(JsonObject? body, string property, Func<string, ArmResponse> answer) =>
        body?[property] is JsonValue value && value.TryGetValue<string>(out var name) && name.Length > 0 ? answer(name) : ArmErrors.InvalidContent($"The property '{property}' is required");

    private ArmResponse Storage(string name) =>
        !StorageName().IsMatch(name) ? Taken("AccountNameInvalid", $"{name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.")
        : IsUsed(ResourceTypes.StorageAccount, name) ? Taken("AlreadyExists", $"The storage account named {name} is already taken.")
        : Free();

    private ArmResponse Vault(string name) =>
        !VaultName().IsMatch(name) ? Taken("AccountNameInvalid", $"The vault name '{name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.")
        : IsUsed(ResourceTypes.Vault, name) || IsHeld(ResourceTypes.Vault, name) ? Taken("AlreadyExists", $"The vault name '{name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.")
        : Free();

    private ArmResponse Registry(string name) =>
        !RegistryName().IsMatch(name) ? Taken("Invalid", $"The specified resource name {name} is invalid: 5 to 50 letters and digits are allowed.")
        : IsUsed(ResourceTypes.Registry, name) ? Taken("AlreadyExists", $"The registry {name} is already in use.")
        : Free();

    private ArmResponse Domain(string name, JsonObject body)
    {
        var isTaken = cloud.Store.OwnedBy(ResourceTypes.CognitiveAccount, name).Count > 0 || IsHeld(ResourceTypes.CognitiveAccount, name);
        var answer = new JsonObject
        {
            ["isSubdomainAvailable"] = !isTaken,
            ["subdomainName"] = name,
            ["type"] = body["type"]?.DeepClone(),
            ["kind"] = body["kind"]?.DeepClone(),
        };
        if (isTaken)
        {
            answer["reason"] = $"Sub domain name '{name}' is already used. Please pick a different name.";
        }

        return ArmResponse.Ok(answer);
    }

    private bool IsUsed(string type, string name) => cloud.Store.Named(type, name).Count > 0;

    private bool IsHeld(string type, string name) => cloud.Store.DeletedNamed(type, name, cloud.Now).Count > 0;

    private static ArmResponse Free() => ArmResponse.Ok(new JsonObject { ["nameAvailable"] = true });

    private static ArmResponse Taken(string reason, string message) => ArmResponse.Ok(new JsonObject { ["nameAvailable"] = false, ["reason"] = reason, ["message"] = message });

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex StorageName();

    [GeneratedRegex("^(?=.{3,24}$)[A-Za-z](-?[A-Za-z0-9])*$")]
    private static partial Regex VaultName();

    [GeneratedRegex("^[A-Za-z0-9]{5,50}$")]
    private static partial Regex RegistryName();
}
