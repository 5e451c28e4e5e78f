using Deploy.Core;
using Deploy.Engine.Execution;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Protocol;

/// <summary>The functions of the package <c>pulumi</c>, which the engine answers itself.</summary>
internal sealed class BuiltinFunctions(MonitorContext context)
{
    public const string StackReferenceType = "pulumi:pulumi:StackReference";

    private static readonly PropertyMap UnknownStack = PropertyMap.Create(
        ("name", PropertyValue.Unknown), ("outputs", PropertyValue.Unknown), ("secretOutputNames", PropertyValue.Unknown));

    /// <summary>The function of that token; null when it is a provider's.</summary>
    public Func<PropertyMap, PropertyMap>? Find(string token) => token switch
    {
        "pulumi:pulumi:getResource" => GetResource,
        "pulumi:pulumi:readStackOutputs" => args => ReadStack(args.Find("name")?.AsString() ?? throw Missing(token, "name")),
        "pulumi:pulumi:readStackResourceOutputs" => args => ReadStackResources(args.Find("stackName")?.AsString() ?? throw Missing(token, "stackName")),
        _ when token.StartsWith("pulumi:", StringComparison.Ordinal) =>
            throw new DeployException(EngineErrors.InvalidRegistration.With($"the embedded engine has no function '{token}'")),
        _ => null,
    };

    /// <summary>Reads another stack, and keeps in the state that this one refers to it.</summary>
    /// <param name="registration">The reference.</param>
    /// <param name="stack">Name of the stack; empty where a preview does not know it yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ResourceState?> ReadStackReferenceAsync(Registration registration, string stack, CancellationToken cancellationToken) =>
        context.Resources.RecordAsync(registration, stack, stack.Length == 0 ? UnknownStack : ReadStack(stack), cancellationToken);

    private PropertyMap GetResource(PropertyMap args)
    {
        var urn = Urn.TryParse(args.Find("urn")?.AsString()) ?? throw Missing("pulumi:pulumi:getResource", "urn");
        var state = context.Resources.Find(urn)
            ?? throw new DeployException(EngineErrors.InvalidRegistration.With($"{urn} is not registered in this run"));
        return PropertyMap.Create(("urn", urn.Value), ("id", state.Id), ("provider", state.Provider), ("state", state.Outputs));
    }

    private PropertyMap ReadStack(string name)
    {
        var outputs = LoadStack(name).StackOutputs;
        return PropertyMap.Create(
            ("name", name),
            ("outputs", outputs),
            ("secretOutputNames", new PropertyList(outputs.Where((_, value) => value.ContainsSecrets).Keys.Select(PropertyValue.FromString))));
    }

    private PropertyMap ReadStackResources(string name) => PropertyMap.Create(
        ("name", name),
        ("outputs", PropertyMap.Create(LoadStack(name).Resources.Where(resource => !resource.Delete).Select(resource => KeyValuePair.Create(
            resource.Urn.Value, (PropertyValue)PropertyMap.Create(("type", resource.Type), ("outputs", resource.Outputs)))))));

    private Snapshot LoadStack(string name)
    {
        var parts = name.Split('/');
        var stack = context.Stack.Other(parts.Length == 3 ? parts[1] : context.Settings.Project, parts[^1]);
        return stack.Exists
            ? stack.Load(OtherSecrets(stack))!
            : throw new DeployException(EngineErrors.StackNotFound.With($"the program refers to the stack '{name}', which has no state in this backend"));
    }

    private ISecretsProvider OtherSecrets(StackStore stack) => context.OtherStackSecrets?.Invoke(stack.Name) ?? new PassphraseSecretsProvider(new());

    private static DeployException Missing(string token, string argument) =>
        new(EngineErrors.InvalidRegistration.With($"the function {token} needs the argument '{argument}'"));
}
