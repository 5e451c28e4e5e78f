using Deploy.Core;
using Deploy.Engine.State;
using Deploy.Engine.Values;
using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>The functions of the package <c>pulumi</c>, which the engine answers itself.</summary>
internal sealed class BuiltinFunctions(MonitorContext context)
{
    public const string StackReferenceType = "pulumi:pulumi:StackReference";

    /// <summary>The function of that token; null when it is a provider's.</summary>
    public Func<PropertyMap, PropertyMap>? Find(string token) => token switch
    {
        "pulumi:pulumi:getResource" => GetResource,
        "pulumi:pulumi:readStackOutputs" => args => ReadStack(args.Find("name")?.AsString() ?? throw Missing(token, "name")),
        _ when token.StartsWith("pulumi:", StringComparison.Ordinal) =>
            throw new DeployException(EngineErrors.InvalidRegistration.With($"the embedded engine has no function '{token}'")),
        _ => null,
    };

    /// <summary>References to other stacks are read anew in every run and are not kept in state.</summary>
    public ReadResourceResponse ReadStackReference(ReadResourceRequest request)
    {
        var parent = request.Parent.Length == 0 ? null : Urn.Parse(request.Parent);
        var urn = Urn.Create(context.Settings.Stack, context.Settings.Project, parent, request.Type, request.Name);
        return new() { Urn = urn.Value, Properties = WireValues.WriteMap(ReadStack(request.Id), request.AcceptSecrets, request.AcceptResources) };
    }

    private PropertyMap GetResource(PropertyMap args)
    {
        var urn = Urn.TryParse(args.Find("urn")?.AsString()) ?? throw Missing("pulumi:pulumi:getResource", "urn");
        var state = context.Resources.Find(urn)
            ?? throw new DeployException(EngineErrors.InvalidRegistration.With($"{urn} is not registered in this run"));
        return PropertyMap.Create(("urn", urn.Value), ("id", state.Id), ("provider", state.Provider), ("state", state.Outputs));
    }

    private PropertyMap ReadStack(string name)
    {
        var parts = name.Split('/');
        var stack = context.Stack.Other(parts.Length == 3 ? parts[1] : context.Settings.Project, parts[^1]);
        if (!stack.Exists)
        {
            throw new DeployException(EngineErrors.StackNotFound.With($"the program refers to the stack '{name}', which has no state in this backend"));
        }

        var outputs = stack.Load(OtherSecrets(stack))!.StackOutputs;
        return PropertyMap.Create(
            ("name", name),
            ("outputs", outputs),
            ("secretOutputNames", new PropertyList(outputs.Where((_, value) => value.ContainsSecrets).Keys.Select(PropertyValue.FromString))));
    }

    private ISecretsProvider OtherSecrets(StackStore stack) => context.OtherStackSecrets?.Invoke(stack.Name) ?? new PassphraseSecretsProvider(new());

    private static DeployException Missing(string token, string argument) =>
        new(EngineErrors.InvalidRegistration.With($"the function {token} needs the argument '{argument}'"));
}
