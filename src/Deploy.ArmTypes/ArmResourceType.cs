using System.Text.Json.Nodes;
using Azure.Bicep.Types.Concrete;

namespace Deploy.ArmTypes;

/// <summary>One resource type at one api-version.</summary>
public sealed class ArmResourceType
{
    private readonly TypeBase _body;

    internal ArmResourceType(string name, string apiVersion, ResourceType definition)
    {
        Name = name;
        ApiVersion = apiVersion;
        _body = definition.Body.Type;
        RequiresLocation = Members.Of(_body).TryGetValue("location", out var location) && location.Flags.HasFlag(ObjectTypePropertyFlags.Required);
        HasLocation = Members.Of(_body).ContainsKey("location");
        HasSystemData = Members.Of(_body).ContainsKey("systemData");
    }

    /// <summary>Canonical spelling, such as <c>Microsoft.Storage/storageAccounts</c>.</summary>
    public string Name { get; }

    public string ApiVersion { get; }

    /// <summary>Whether a body carries <c>location</c> as a required property (a tracked resource).</summary>
    public bool RequiresLocation { get; }

    /// <summary>Whether a body may carry <c>location</c> at all.</summary>
    public bool HasLocation { get; }

    /// <summary>Whether the service stamps who made the resource, and when.</summary>
    public bool HasSystemData { get; }

    /// <summary>Checks a resource's name against the pattern and length of the definition.</summary>
    public IReadOnlyList<ArmBodyFault> ValidateName(string name)
    {
        if (!Members.Of(_body).TryGetValue("name", out var definition))
        {
            return [];
        }

        var faults = new List<ArmBodyFault>();
        BodyValidator.Check(JsonValue.Create(name), definition.Type.Type, "name", ReadOnlyValues.Tolerate, faults);
        return faults;
    }

    /// <summary>Every fault of a PUT body, in document order; empty when it is good.</summary>
    /// <param name="body">The body without any envelope.</param>
    /// <param name="readOnly">Real services ignore most read-only values that clients send back; strict callers refuse them.</param>
    public IReadOnlyList<ArmBodyFault> Validate(JsonObject body, ReadOnlyValues readOnly = ReadOnlyValues.Tolerate)
    {
        var faults = new List<ArmBodyFault>();
        BodyValidator.CheckResource(body, _body, readOnly, faults);
        return faults;
    }

    /// <summary>Whether the definition has a property at this place, such as <c>["properties", "provisioningState"]</c>, whatever the discriminator.</summary>
    public bool Has(params ReadOnlySpan<string> path)
    {
        var type = _body;
        foreach (var name in path)
        {
            if (!Members.Of(type).TryGetValue(name, out var member))
            {
                return false;
            }

            type = member.Type.Type;
        }

        return true;
    }

    /// <summary>A copy without write-only values (secrets): what GET returns.</summary>
    public JsonObject ForRead(JsonObject resource) => Projection.Without(resource, _body, ObjectTypePropertyFlags.WriteOnly);

    /// <summary>A copy without read-only values: what PUT accepts.</summary>
    public JsonObject ForWrite(JsonObject resource) => Projection.Without(resource, _body, ObjectTypePropertyFlags.ReadOnly);

    /// <summary>A copy without what this api-version does not know: a resource written with another one, as a client of this one would write it.</summary>
    public JsonObject ForThisVersion(JsonObject resource) => Projection.Known(resource, _body);
}

/// <summary>What to do with read-only values in a body.</summary>
public enum ReadOnlyValues
{
    Tolerate,
    Refuse,
}
