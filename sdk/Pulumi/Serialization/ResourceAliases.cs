using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>Former identities in the two forms that engines understand.</summary>
internal static class ResourceAliases
{
    /// <summary>Why a registration waits for what aliases mention.</summary>
    public const string Reason = "option Aliases";

    /// <summary>All former URNs: own aliases, and for each alias of the parent the name that this resource had below it.</summary>
    public static ImmutableArray<Output<string>> Of(Resource resource, ResourceOptions options)
    {
        var own = options.Aliases.Select(alias => ToUrn(alias, resource, options.Parent)).ToList();
        var result = ImmutableArray.CreateBuilder<Output<string>>();
        result.AddRange(own);
        if (options.Parent is { } parent)
        {
            foreach (var parentAlias in parent.Aliases)
            {
                result.Add(Inherited(parentAlias, parent, resource.GetResourceName(), resource.GetResourceType()));
                result.AddRange(own.Select(alias => alias.Apply(urn => Inherited(parentAlias, parent, Urn.NameOf(urn), Urn.TypeOf(urn)))));
            }
        }

        return result.ToImmutable();
    }

    /// <summary>The wire form for engines that complete aliases themselves.</summary>
    public static async Task<Pulumirpc.Alias?> ToProtoAsync(Input<Alias> input)
    {
        var data = await input.ToOutput().GetDataAsync(Reason).ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return null;
        }

        var alias = data.Value;
        Check(alias);
        if (alias.Urn is not null)
        {
            return new() { Urn = alias.Urn };
        }

        var spec = new Pulumirpc.Alias.Types.Spec
        {
            Name = await TextAsync(alias.Name).ConfigureAwait(false),
            Type = await TextAsync(alias.Type).ConfigureAwait(false),
            Stack = await TextAsync(alias.Stack).ConfigureAwait(false),
            Project = await TextAsync(alias.Project).ConfigureAwait(false),
        };
        if (alias.NoParent)
        {
            spec.NoParent = true;
        }
        else if (alias.Parent is not null || alias.ParentUrn is not null)
        {
            spec.ParentUrn = await TextAsync(alias.Parent is { } parent ? parent.Urn : alias.ParentUrn).ConfigureAwait(false);
        }

        return new() { Spec = spec };
    }

    private static Output<string> ToUrn(Input<Alias> input, Resource resource, Resource? currentParent) => input.Apply(alias =>
    {
        Check(alias);
        if (alias.Urn is not null)
        {
            return Output.Create(alias.Urn);
        }

        var parent = alias.NoParent || alias.ParentUrn is not null ? null : alias.Parent ?? currentParent;
        return Urn.Create(alias.Name ?? resource.GetResourceName(), alias.Type ?? resource.GetResourceType(), parent, alias.ParentUrn, alias.Project, alias.Stack);
    });

    // Children are usually named after their component; when the component had another name, so had they.
    private static Output<string> Inherited(Output<string> parentAlias, Resource parent, string childName, string childType) => parentAlias.Apply(urn =>
    {
        var parentName = parent.GetResourceName();
        var name = childName.StartsWith(parentName, StringComparison.Ordinal) ? Urn.NameOf(urn) + childName[parentName.Length..] : childName;
        return Urn.Create(name, childType, parentUrn: urn);
    });

    private static void Check(Alias alias)
    {
        var parts = new object?[] { alias.Name, alias.Type, alias.Project, alias.Stack };
        var parents = (alias.Parent is null ? 0 : 1) + (alias.ParentUrn is null ? 0 : 1) + (alias.NoParent ? 1 : 0);
        if (alias.Urn is not null && (parents > 0 || parts.Any(part => part is not null)))
        {
            throw new ArgumentException("An alias with Urn takes no other member.");
        }

        if (parents > 1)
        {
            throw new ArgumentException("An alias takes only one of Parent, ParentUrn and NoParent.");
        }
    }

    private static async Task<string> TextAsync(Input<string>? input) => input is null ? "" : await input.ToOutput().GetValueAsync("", Reason).ConfigureAwait(false) ?? "";
}
