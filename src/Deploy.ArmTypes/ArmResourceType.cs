using System.Text.Json.Nodes;

namespace Deploy.ArmTypes;

/// <summary>One resource type at one api-version.</summary>
public sealed class ArmResourceType
{
    /// <summary>Canonical spelling, such as <c>Microsoft.Storage/storageAccounts</c>.</summary>
    public string Name => throw new NotSupportedException();

    public string ApiVersion => throw new NotSupportedException();

    /// <summary>Whether a body carries <c>location</c> as a required property (a tracked resource).</summary>
    public bool RequiresLocation => throw new NotSupportedException();

    /// <summary>Checks a resource's name against the pattern and length of the definition.</summary>
    public IReadOnlyList<ArmBodyFault> ValidateName(string name) => throw new NotSupportedException();

    /// <summary>Every fault of a PUT body, in document order; empty when it is good. <c>id</c>, <c>name</c>, <c>type</c> and other read-only values are faults unless tolerated.</summary>
    /// <param name="body">The body without any envelope.</param>
    /// <param name="readOnly">Real services ignore most read-only values that clients send back; strict callers refuse them.</param>
    public IReadOnlyList<ArmBodyFault> Validate(JsonObject body, ReadOnlyValues readOnly = ReadOnlyValues.Tolerate) => throw new NotSupportedException();

    /// <summary>A copy without write-only values (secrets): what GET returns.</summary>
    public JsonObject ForRead(JsonObject resource) => throw new NotSupportedException();

    /// <summary>A copy without read-only values: what PUT accepts.</summary>
    public JsonObject ForWrite(JsonObject resource) => throw new NotSupportedException();
}

/// <summary>What to do with read-only values in a body.</summary>
public enum ReadOnlyValues
{
    Tolerate,
    Refuse,
}
