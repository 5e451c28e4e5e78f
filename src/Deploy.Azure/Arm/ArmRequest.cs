using System.Text.Json.Nodes;
using Azure.Core;

namespace Deploy.Azure.Arm;

/// <summary>One request to the control plane.</summary>
public sealed record ArmRequest
{
    public required RequestMethod Method { get; init; }

    /// <summary>Path from the root, such as <c>/subscriptions/…/resourceGroups/rg</c> (not escaped), or an absolute address on the cloud's control plane, such as a <c>nextLink</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The <c>api-version</c>; null when <see cref="Path"/> is an address that carries one.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Further query parameters, not escaped.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>The JSON body; null = none.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>Further headers, such as <c>If-Match</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ArmRequest Get(string path, string? apiVersion = null) => new() { Method = RequestMethod.Get, Path = path, ApiVersion = apiVersion };

    public static ArmRequest Head(string path, string apiVersion) => new() { Method = RequestMethod.Head, Path = path, ApiVersion = apiVersion };

    public static ArmRequest Put(string path, string apiVersion, JsonNode body) => new() { Method = RequestMethod.Put, Path = path, ApiVersion = apiVersion, Body = body };

    public static ArmRequest Patch(string path, string apiVersion, JsonNode body) => new() { Method = RequestMethod.Patch, Path = path, ApiVersion = apiVersion, Body = body };

    public static ArmRequest Post(string path, string apiVersion, JsonNode? body = null) => new() { Method = RequestMethod.Post, Path = path, ApiVersion = apiVersion, Body = body };

    public static ArmRequest Delete(string path, string apiVersion) => new() { Method = RequestMethod.Delete, Path = path, ApiVersion = apiVersion };
}
