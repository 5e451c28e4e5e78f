using System.Text.Json.Nodes;
using Azure.Bicep.Types;
using Azure.Bicep.Types.Az;
using Azure.Bicep.Types.Concrete;
using Azure.Bicep.Types.Index;
using Generator.Typings;

namespace Generator.Arm;

/// <summary>Joins the typings with Microsoft's type definitions: where on the wire each property is, and what limits it has.</summary>
internal sealed class ArmJoin
{
    private readonly TypingsModel _typings;
    private readonly ArmFacts _facts;
    private readonly AzTypeLoader _loader = new();
    private readonly TypeIndex _index;
    private readonly ObjectJoin _objects;
    private readonly List<string> _faults = [];

    public ArmJoin(TypingsModel typings, ArmFacts facts)
    {
        _typings = typings;
        _facts = facts;
        _index = _loader.LoadTypeIndex();
        _objects = new ObjectJoin(typings, facts, _faults);
    }

    /// <summary>Joins everything; throws with every property that has no counterpart.</summary>
    public Metadata Run()
    {
        var metadata = new Metadata { Version = _typings.Version };
        foreach (var (token, resource) in _typings.Resources)
        {
            metadata.Resources[token] = Resource(token, resource);
        }

        foreach (var (token, function) in _typings.Functions)
        {
            metadata.Functions[token] = Function(token, function);
        }

        foreach (var (name, type) in _objects.Types)
        {
            metadata.Types[name] = type;
        }

        return _faults.Count == 0 ? metadata : throw new GeneratorException(string.Join('\n', _faults));
    }

    private ResourceMetadata Resource(string token, TypingsResource resource)
    {
        var facts = _facts.Resources.GetValueOrDefault(token) ?? throw new GeneratorException($"{token} is not in arm.json");
        var parameters = ArmPath.Parameters(facts.Path);
        var armType = facts.ArmType ?? ArmPath.Type(facts.Path);
        var body = Load(armType, resource.ApiVersion);
        var owner = token["azure-native:".Length..];
        var bodyInputs = resource.Inputs.Where(p => !parameters.Contains(p.Key)).ToDictionary();
        var inputs = _objects.Join(owner, bodyInputs, body, isInput: true, isResource: true);
        foreach (var name in parameters.Where(p => p != "subscriptionId"))
        {
            inputs[name] = PathParameter(token, resource, name, name == parameters[^1] ? body : null);
        }

        // The typings call the location optional because the provider can find one; the service insists.
        if (inputs.TryGetValue("location", out var location) && body["location"].Flags.HasFlag(ObjectTypePropertyFlags.Required))
        {
            inputs["location"] = location with { Required = true };
        }

        foreach (var name in facts.ForceNew)
        {
            inputs[name] = inputs.TryGetValue(name, out var input) ? input with { ForceNew = true } : throw new GeneratorException($"{token} has no input {name}");
        }

        var outputs = resource.Outputs.Where(p => p.Key != "azureApiVersion").ToDictionary();
        return new ResourceMetadata
        {
            ArmType = armType,
            Path = facts.Path,
            ApiVersion = resource.ApiVersion,
            Autoname = ArmPath.Autoname(facts.Path),
            PutAsyncStyle = facts.PutAsyncStyle,
            DeleteAsyncStyle = facts.DeleteAsyncStyle,
            Defaults = facts.Defaults.Count == 0 ? null : new(facts.Defaults.ToDictionary(d => d.Key, d => JsonNode.Parse(d.Value.GetRawText())), StringComparer.Ordinal),
            MaintainIfUnset = facts.MaintainIfUnset.Count == 0 ? null : facts.MaintainIfUnset,
            Purge = facts.Purge,
            NoAutoLocation = facts.NoAutoLocation,
            ServiceFilled = facts.ServiceFilled,
            Inputs = inputs,
            Outputs = _objects.Join(owner, outputs, body, isInput: false, isResource: true),
        };
    }

    private static PropertyMetadata PathParameter(string token, TypingsResource resource, string name, Dictionary<string, ObjectTypeProperty>? body)
    {
        var input = resource.Inputs.GetValueOrDefault(name) ?? throw new GeneratorException($"{token}: path parameter {name} is not an input");
        var constraints = body?["name"].Type.Type as StringType;
        var isGroup = name == "resourceGroupName";
        return new PropertyMetadata
        {
            Type = new TypeMetadata { Kind = "string" },
            In = "path",
            Required = input.Required,
            ForceNew = true,
            MinLength = constraints?.MinLength ?? (isGroup ? 1 : null),
            MaxLength = constraints?.MaxLength ?? (isGroup ? 90 : null),
            Pattern = constraints?.Pattern,
        };
    }

    private FunctionMetadata Function(string token, TypingsFunction function)
    {
        var args = new SortedDictionary<string, bool>((function.Args ?? []).ToDictionary(a => a.Key, a => a.Value.Required), StringComparer.Ordinal);
        if (!_facts.Functions.TryGetValue(token, out var facts))
        {
            return function.ApiVersion is null
                ? new FunctionMetadata { Args = args, Result = _objects.Loose(function.Result) }
                : throw new GeneratorException($"{token} is not in arm.json");
        }

        foreach (var name in ArmPath.Parameters(facts.Path).Where(p => p != "subscriptionId" && !args.ContainsKey(p)))
        {
            _faults.Add($"{token}: path parameter {name} is not an argument");
        }

        return new FunctionMetadata
        {
            Method = facts.Method,
            Path = facts.Path,
            ApiVersion = function.ApiVersion,
            Args = args,
            Query = facts.Query,
            Resource = facts.Resource,
            Result = facts.Resource is null ? _objects.Loose(function.Result) : new(StringComparer.Ordinal),
        };
    }

    private Dictionary<string, ObjectTypeProperty> Load(string armType, string apiVersion)
    {
        var reference = _index.Resources.FirstOrDefault(r => string.Equals(r.Key, $"{armType}@{apiVersion}", StringComparison.OrdinalIgnoreCase)).Value
            ?? throw new GeneratorException($"{armType}@{apiVersion} is not in the type definitions");
        return ObjectJoin.Properties(_loader.LoadResourceType(reference).Body.Type, null) ?? throw new GeneratorException($"{armType}@{apiVersion} has no object body");
    }
}
