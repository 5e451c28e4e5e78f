using System.Collections.Immutable;
using Pulumi;

namespace Slim;

/// <summary>Values by name, in the order in which they were written.</summary>
internal sealed class Values : Dictionary<string, object?>;

/// <summary>Outputs of the stack.</summary>
internal sealed class Outputs : Dictionary<string, object?>;

/// <summary>What the programs share, as <c>lib.js</c> is for the others.</summary>
internal static class Shared
{
    public static int Phase => new Config().GetInt32("phase") ?? 1;

    public static Task<Outputs> Nothing => Task.FromResult(new Outputs());

    public static DictionaryInvokeArgs Args(Values values) => new(values.ToImmutableDictionary());

    public static Output<ImmutableDictionary<string, object>> Echo(Values values, InvokeOptions? options = null) =>
        Deployment.Instance.Invoke<ImmutableDictionary<string, object>>("fake:index:echo", Args(values), options);
}

/// <summary>A thing of the fake provider.</summary>
internal sealed class Thing : CustomResource
{
    public Thing(string name, Values? values = null, CustomResourceOptions? options = null)
        : base("fake:index:Thing", name, Named(name, values), options)
    {
    }

    [Output("address")]
    public Output<string> Address { get; private set; } = null!;

    [Output("name")]
    public Output<string?> Name { get; private set; } = null!;

    [Output("size")]
    public Output<double?> Size { get; private set; } = null!;

    [Output("key")]
    public Output<string?> Key { get; private set; } = null!;

    private static DictionaryResourceArgs Named(string name, Values? values)
    {
        var all = new Values { ["name"] = name };
        foreach (var (key, value) in values ?? [])
        {
            all[key] = value;
        }

        return new(all.ToImmutableDictionary());
    }
}

/// <summary>A component of whatever its body makes.</summary>
internal sealed class Group : ComponentResource
{
    public Group(string name, Func<Group, Values> build, ComponentResourceOptions? options = null)
        : base("shop:index:Group", name, options) => RegisterOutputs(build(this));

    public Group(string name, Action<Group> build, ComponentResourceOptions? options = null)
        : this(
            name,
            group =>
            {
                build(group);
                return [];
            },
            options)
    {
    }
}

/// <summary>A provider of the program's own.</summary>
internal sealed class Provider(string name, Values values, CustomResourceOptions? options = null)
    : ProviderResource("fake", name, new DictionaryResourceArgs(values.ToImmutableDictionary()), options);
